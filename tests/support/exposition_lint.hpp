// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the field's own tools say of an exposition: promtool of the older format, the Python client's parser
// of OpenMetrics.

#include <string>

#include <gtest/gtest.h>

#include "support/program.hpp"

namespace sas::support {

inline void expect_promtool_is_content(const std::string& text) {
  const ProgramRun run = run_program({"promtool", "check", "metrics"}, text);
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_EQ(run.output, "");
}

inline void expect_openmetrics_parses(const std::string& text) {
  const ProgramRun run =
      run_program({"/usr/bin/python3", "-c",
                   "import sys\n"
                   "from prometheus_client.openmetrics.parser import text_string_to_metric_families\n"
                   "families = list(text_string_to_metric_families(sys.stdin.read()))\n"
                   "assert families, 'nothing in it'\n"},
                  text);
  EXPECT_EQ(run.exit_code, 0) << run.output;
}

}  // namespace sas::support
