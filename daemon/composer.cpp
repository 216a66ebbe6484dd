#include "composer.hpp"

#include "ledger/books.hpp"
#include "outbox/words.hpp"
#include "vault/contact.hpp"

namespace accrue {
namespace {

const engine::NoticeTemplate& form_of(const engine::NoticeTerms& terms, const std::string& language,
                                      NoticeKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  auto found = terms.templates.find(language);
  // "de-AT" is told in "de" before it is told in the program's own language.
  if (found == terms.templates.end())
    found = terms.templates.find(language.substr(0, language.find('-')));
  if (found == terms.templates.end() || found->second[index].text.empty()) {
    return terms.templates.at(terms.language)[index];
  }
  return found->second[index];
}

}  // namespace

Result<Delivery> NoticeComposer::compose(const outbox::OutboxKey& key) {
  auto txn = store_->read();
  if (!txn) return Error{ErrorCode::retry_later, txn.error().message};
  auto entry = archive_.entry(key.seq);
  if (!entry) return entry.error();
  if (key.number >= entry.value().decision.notices.size()) {
    return Error{ErrorCode::corrupt, "entry has no notice " + key.notice_id()};
  }
  Notice& notice = entry.value().decision.notices[key.number];
  auto member = ledger::find_member(txn.value(), entry.value().member);
  if (!member) return member.error();
  if (!member.value()) return Error{ErrorCode::not_found, "the member does not exist any more"};

  const auto rules = rules_();
  const engine::NoticeTerms& terms = rules->spec().notices;
  Delivery delivery;
  delivery.id = key.notice_id();
  delivery.kind = name_of(notice.kind);
  delivery.member_id = entry.value().member.text();
  delivery.time = entry.value().time;
  delivery.language = member.value()->language.empty() ? terms.language : member.value()->language;
  if (!member.value()->sealed_contact.empty()) {
    auto plain = vault_.open_sealed(entry.value().member, member.value()->sealed_contact);
    if (!plain) return plain.error();
    if (plain.value()) {
      auto contact = vault::unpack_contact(*plain.value());
      if (!contact) return contact.error();
      delivery.contact = std::move(contact.value());
    }
  }
  delivery.values = std::move(notice.values);
  auto values = delivery.values;
  values.emplace_back("member_id", delivery.member_id);
  for (const auto& [field, value] : delivery.contact) {
    if (field == "name") values.emplace_back("name", value);
  }
  auto words = outbox::render(form_of(terms, delivery.language, notice.kind), values);
  if (!words) return words.error();
  delivery.subject = std::move(words.value().subject);
  delivery.text = std::move(words.value().text);
  return delivery;
}

}  // namespace accrue
