// SPDX-License-Identifier: Apache-2.0
#include "api/seen_ids.hpp"

#include <string>

#include <gtest/gtest.h>

namespace sas::api {
namespace {

tasks::Task task(std::string id) {
  tasks::Task made;
  made.id = std::move(id);
  return made;
}

TEST(SeenIds, FindsEachRepeatAmongThousands) {
  SeenIds seen;
  std::vector<tasks::Task> tasks;
  for (int round = 0; round < 3; ++round) {
    seen.clear();
    tasks.clear();
    for (int i = 0; i < 5000; ++i) {
      tasks.push_back(task("id-" + std::to_string(i)));
      ASSERT_FALSE(seen.repeats(tasks)) << i;
      if (i % 7 != 0) continue;
      tasks.push_back(task("id-" + std::to_string(i / 2)));
      ASSERT_TRUE(seen.repeats(tasks)) << i;
    }
  }
}

}  // namespace
}  // namespace sas::api
