// SPDX-License-Identifier: Apache-2.0
#pragma once
// One function a page; routes.cpp says which path leads where.

#include "web/answer.hpp"
#include "web/request.hpp"
#include "web/site.hpp"

namespace sas::web {

Answer answer_landing(const Site& site, const Request& request);

/// To the landing page, from where a person looks for it first.
Answer answer_redirect(const Site& site, const Request& request);

/// Orders a scrape in the format and the encoding that the client prefers; the session carries it out.
Answer answer_metrics(const Site& site, const Request& request);

/// 200, or 503 with the reason.
Answer answer_healthy(const Site& site, const Request& request);
Answer answer_ready(const Site& site, const Request& request);

/// Orders a reload; the session carries it out. 501 where the site has none.
Answer answer_reload(const Site& site, const Request& request);

}  // namespace sas::web
