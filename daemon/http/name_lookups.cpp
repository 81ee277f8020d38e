// SPDX-License-Identifier: Apache-2.0
#include "http/name_lookups.hpp"

#include <cerrno>
#include <cstring>
#include <functional>
#include <memory>
#include <utility>

#include <boost/asio/error.hpp>
#include <fmt/format.h>
#include <netdb.h>

namespace sas::http {
namespace {

using Endpoints = NameLookups::Endpoints;

boost::system::error_code code_of(int failure) {
  switch (failure) {
    case EAI_NONAME:
    case EAI_NODATA:
      return asio::error::host_not_found;
    case EAI_AGAIN:
      return asio::error::host_not_found_try_again;
    case EAI_MEMORY:
      return asio::error::no_memory;
    case EAI_SYSTEM:
      return {errno, boost::system::system_category()};
    default:
      return asio::error::no_recovery;
  }
}

asio::ip::tcp::endpoint endpoint_of(const addrinfo& found) {
  asio::ip::tcp::endpoint endpoint;
  endpoint.resize(found.ai_addrlen);
  std::memcpy(endpoint.data(), found.ai_addr, found.ai_addrlen);
  return endpoint;
}

Result<Endpoints> ask(const std::string& host, std::uint16_t port) {
  addrinfo wanted{};
  wanted.ai_flags = AI_NUMERICSERV;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  if (const int failure = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &first);
      failure != 0)
    return Error{
        .kind = ErrorKind::retry, .cause = ErrorCause::transport, .message = code_of(failure).message()};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(first, &::freeaddrinfo);
  Endpoints endpoints;
  for (const addrinfo* found = first; found != nullptr; found = found->ai_next) {
    if (found->ai_family == AF_INET || found->ai_family == AF_INET6) endpoints.push_back(endpoint_of(*found));
  }
  return endpoints;
}

}  // namespace

asio::execution_context::id NameLookups::id;

NameLookups::NameLookups(asio::execution_context& loop)
    : asio::execution_context::service(loop), calls_(static_cast<asio::io_context&>(loop).get_executor()) {}

asio::awaitable<Result<Endpoints>> NameLookups::look_up(std::string host, std::uint16_t port) {
  std::function<Result<Endpoints>()> call = [host, port] { return ask(host, port); };
  return calls_.run(fmt::format("{} {}", host, port), std::move(call));
}

}  // namespace sas::http
