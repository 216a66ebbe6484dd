#include "fuzz/framing.hpp"
#include "fuzz/targets.hpp"

#include "codecs/json/json_decoder.hpp"

namespace accrue::fuzz {
namespace {

void run(std::string_view bytes) {
  const json_codec::JsonCodec codec;
  read_stream(codec, bytes);
  for (const MessageKind kind : {MessageKind::any, MessageKind::event, MessageKind::member}) {
    const auto read = codec.decode({std::string(bytes), kind, {}, 0});
    if (!read.has_value()) ACCRUE_ASSERT(!read.error().problems.empty());
  }
}

std::vector<std::string> seeds() {
  const std::string sale =
      R"({"id":"S1","type":"sale","member_id":"M1","time":"2026-01-03T10:11:12+01:00","store":)"
      R"("S","terminal":"T","currency":"GBP","lines":[{"sku":"4006","category":"c",)"
      R"("description":"é\n","quantity":"-1.25","unit_price":"3.49","amount":"4.36"},)"
      R"({"sku":"B","quantity":2,"unit_price":"0.01"}],)"
      R"("tenders":[{"type":"card","amount":"6.98"}]})";
  const std::string back =
      R"({"id":"R1","type":"return","of":"S1","time":"2026-01-03T10:11:12Z","lines":[{"line":1,)"
      R"("quantity":1}]})";
  const std::string review =
      R"({"id":"E1","type":"event","event":"review","member_id":"M1","time":)"
      R"("2026-01-03T10:11:12Z","attributes":{"stars":5,"shown":true,"tier":"gold"}})";
  const std::string change =
      R"({"id":"C1","type":"member","member_id":"M1","time":"2026-01-03T10:11:12Z","language":)"
      R"("pt-BR","contact":{"email":"a@b.c","birth_date":"1984-02-29","name":"Ann"}})";
  return {sale, sale + "\r\n\n" + sale + "\n", back, review, change};
}

}  // namespace

const Target kJson{"json", &run, &seeds};

}  // namespace accrue::fuzz
