#include "pipeline/decoder.hpp"

#include "vault/contact.hpp"

#include <exception>

namespace accrue::pipeline {
namespace {

Result<Transaction> call(const Codec& codec, const RawMessage& message) {
  try {
    return codec.decode(message);
  } catch (const std::exception& thrown) {
    return Error{ErrorCode::internal, std::string("the codec threw ") + thrown.what()};
  } catch (...) {
    return Error{ErrorCode::internal, "the codec threw something that is no std::exception"};
  }
}

Error too_late(Timestamp latest) {
  Error error = reject("the transaction lies in the future");
  error.problems.push_back(
      {"/time", "in_the_future",
       "times may be " + format_timestamp(latest) + " at the latest: check the till's clock"});
  return error;
}

}  // namespace

Result<Received> Decoder::decode(const RawMessage& message, const std::string& feed) const {
  auto transaction = call(parts_.codec, message);
  if (!transaction) return transaction.error();
  if (parts_.latest) {
    const auto latest = parts_.latest();
    if (latest && transaction.value().time > *latest) return too_late(*latest);
  }
  if (!transaction.value().contact.empty()) {
    if (auto sealed = seal(transaction.value()); !sealed) return sealed.error();
  }
  return receive(std::move(transaction.value()), Origin{feed, message.position});
}

Result<void> Decoder::seal(Transaction& transaction) const {
  if (!parts_.vault) return Error{ErrorCode::unsupported, "contact data needs a vault"};
  vault::Contact contact;
  for (Attribute& field : transaction.contact) {
    const auto* text = std::get_if<std::string_view>(&field.value);
    contact.emplace_back(field.key, text ? std::string(*text) : std::string());
    field.value = std::string_view();
  }
  auto sealed = parts_.vault->seal(transaction.member, vault::pack_contact(std::move(contact)));
  if (!sealed) return sealed.error();
  transaction.sealed_contact = transaction.text.keep(sealed.value());
  return ok();
}

}  // namespace accrue::pipeline
