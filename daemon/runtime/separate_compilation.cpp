// SPDX-License-Identifier: Apache-2.0
// The bodies of Asio, its TLS streams and Beast, compiled once for the whole project instead of in each file.

#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
