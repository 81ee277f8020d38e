// SPDX-License-Identifier: Apache-2.0
#pragma once
// The same with the Asio headers that every coroutine file needs. Narrow on purpose: <boost/asio.hpp> costs
// twice as much. Whoever is compiled with it has to link runtime, where Asio itself is compiled.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "precompiled.hpp"
