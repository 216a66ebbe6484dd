#include "fuzz/framing.hpp"
#include "fuzz/targets.hpp"

#include "codecs/csv/csv_decoder.hpp"

namespace accrue::fuzz {
namespace {

csv_codec::Layout layout() {
  csv_codec::Layout layout;
  layout.column_names = {"id",       "member",     "time", "sku",   "text", "category",
                         "quantity", "unit_price", "",     "store", ""};
  layout.currency = Currency::parse("GBP").value();
  layout.zone = find_zone("Europe/London").value();
  layout.time_format = csv_codec::TimeFormat::compile("%d/%m/%Y %H:%M").value();
  layout.return_prefix = "C";
  layout.member_suffix = ".0";
  layout.merge_rows = 2;
  return layout;
}

void run(std::string_view bytes) {
  static const csv_codec::CsvCodec codec(layout());
  read_stream(codec, bytes);
  static_cast<void>(codec.decode({std::string(bytes), MessageKind::any, {}, 0}).has_value());
}

std::vector<std::string> seeds() {
  const std::string header = "id,member,time,sku,text,category,quantity,unit_price,store\n";
  return {header +
              "1,17850.0,31/12/2025 23:59,A,\"Mug, \"\"blue\"\"\",c,2,3.49,UK\r\n"
              "1,17850.0,31/12/2025 23:59,B,,c,-1.5,0.01,UK\r\n"
              "C2,,29/03/2026 01:30,A,\"two\nlines\",c,-2,3.49,UK\n"
              "1,17850.0,31/12/2025 23:59,C,5\" pipe,c,1,1,UK",
          "\xef\xbb\xbf" + header + "1,M,01/01/2026 00:00,A,t,c,1,1,UK\n\n2,M,x,A,t,c,1,1,UK\n"};
}

}  // namespace

const Target kCsv{"csv", &run, &seeds};

}  // namespace accrue::fuzz
