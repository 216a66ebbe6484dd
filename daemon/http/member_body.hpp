// Puts the member id of PUT /v1/members/{id} into the body, where the codec looks for it. Pure.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <string>

namespace accrue::http {

/// The body with "member_id" as its first member; unchanged when it names the same id already, or
/// is no JSON object (the codec says what is wrong). Fails with reject_input for another id.
Result<std::string> with_member_id(std::string body, const MemberId& member);

}  // namespace accrue::http
