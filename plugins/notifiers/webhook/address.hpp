// Which network addresses a webhook may reach. A receiver's name is chosen by whoever configures
// it, and may change after any check, so the address itself is judged at the moment of connecting
// (OWASP API7:2023, server-side request forgery). Pure: any thread.
#pragma once

#include <sys/socket.h>

namespace accrue::webhook {

/// True for addresses of the public internet: not loopback, private, link-local, shared, multicast
/// or reserved (IANA's special-purpose registries), also when wrapped in IPv6.
bool is_public(const sockaddr& address);

}  // namespace accrue::webhook
