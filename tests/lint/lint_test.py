#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Plants each kind of mistake in a small tree and sees it found, and sees that what is right is let pass: a check that
finds nothing is worth as much as its ability to find."""

import json
import pathlib
import tempfile
import textwrap
import unittest

import check_clock
import check_co_await
import check_format
import check_headers
import check_includes
import check_rules
import check_shell
import check_sizes
import check_spdx
import check_tidy
import cpp

README = """\
| folder | may include, besides itself and base | third-party |
|---|---|---|
| base [P] | | Boost.System, fmt |
| tasks [P] | | fmt |
| runtime | | Asio |
| cloud | tasks, runtime | Asio, Boost.JSON |
| polling | tasks, cloud/source.hpp | Asio |
| cli | polling | CLI11 |
"""
CMAKE = """\
sas_folder(base    THIRD_PARTY Boost::headers fmt::fmt)
sas_folder(tasks   LINK base)
sas_folder(runtime LINK base ASIO THIRD_PARTY Threads::Threads)
sas_folder(cloud   LINK base tasks runtime ASIO THIRD_PARTY Boost::json)  # comment (with brackets)
sas_folder(polling LINK base tasks cloud ASIO)
sas_folder(cli     LINK base polling
                   THIRD_PARTY CLI11::CLI11)
"""
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


class Tree(unittest.TestCase):
    """A small project in a directory of its own, without any mistake."""

    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.root = pathlib.Path(directory.name)
        self.write("daemon/README.md", README)
        self.write("daemon/CMakeLists.txt", CMAKE)
        for folder in ("base", "tasks", "runtime", "cloud", "polling", "cli"):
            (self.root / "daemon" / folder).mkdir()
        self.write("daemon/cloud/source.hpp", SPDX + "#pragma once\n")

    def write(self, name: str, text: str) -> pathlib.Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
        return path

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text()
        self.assertIn(old, text)
        (self.root / name).write_text(text.replace(old, new))

    def assert_found(self, problems: list[str], *parts: str) -> None:
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])


class Includes(Tree):
    def including(self, file: str, *headers: str) -> list[str]:
        self.write(file, "".join(f"#include {header}\n" for header in headers))
        return check_includes.check(self.root)

    def test_what_the_table_allows_passes(self) -> None:
        self.assertEqual(self.including("daemon/cloud/a.cpp", '"cloud/source.hpp"', '"tasks/task.hpp"', "<vector>",
                                        "<boost/asio/post.hpp>", "<boost/json/value.hpp>", "<unistd.h>"), [])
        self.assertEqual(self.including("daemon/polling/b.cpp", '"cloud/source.hpp"', '"base/time.hpp"'), [])
        self.assertEqual(self.including("daemon/main.cpp", '"cli/arguments.hpp"'), [])

    def test_a_folder_to_the_right_is_found(self) -> None:
        self.assert_found(self.including("daemon/tasks/a.cpp", "<vector>", '"polling/poller.hpp"'),
                          "daemon/tasks/a.cpp:2:", "tasks may include only base")

    def test_a_header_beside_the_one_that_is_permitted_is_found(self) -> None:
        self.assert_found(self.including("daemon/polling/a.hpp", '"cloud/signed_client.hpp"'), "cloud/signed_client.hpp")

    def test_main_may_include_only_what_it_puts_together(self) -> None:
        self.assert_found(self.including("daemon/main.cpp", '"tasks/task.hpp"'), "a program may include only")

    def test_test_code_and_bare_names_are_found(self) -> None:
        self.assert_found(self.including("daemon/tasks/a.cpp", '"support/virtual_time.hpp"'), "names no folder")
        self.assert_found(self.including("daemon/tasks/a.cpp", '"task.hpp"'), "names no folder")

    def test_a_library_that_is_not_in_the_row_is_found(self) -> None:
        self.assert_found(self.including("daemon/tasks/a.cpp", "<boost/asio/post.hpp>"), "may not use Asio")
        self.including("daemon/tasks/a.cpp")
        self.assert_found(self.including("daemon/polling/a.cpp", "<boost/json/value.hpp>"), "may not use Boost.JSON")

    def test_a_library_that_nobody_knows_is_found(self) -> None:
        self.assert_found(self.including("daemon/cloud/a.cpp", "<curl/curl.h>"), "of no library")
        self.assert_found(self.including("daemon/cloud/a.cpp", "<boost/regex.hpp>"), "of no library")

    def test_a_whole_library_is_found(self) -> None:
        self.assert_found(self.including("daemon/cloud/a.cpp", "<boost/asio.hpp>"), "narrow headers")

    def test_files_and_threads_in_a_pure_folder_are_found(self) -> None:
        for header in ("<fstream>", "<thread>", "<random>", "<unistd.h>", "<sys/stat.h>"):
            self.assert_found(self.including("daemon/tasks/a.cpp", header), "tasks is pure")

    def test_an_indented_include_is_found(self) -> None:
        self.write("daemon/tasks/a.cpp", '#ifdef X\n#  include "cloud/source.hpp"\n#endif\n')
        self.assert_found(check_includes.check(self.root), "daemon/tasks/a.cpp:2:")

    def test_a_folder_without_a_row_is_found(self) -> None:
        (self.root / "daemon" / "extra").mkdir()
        self.assert_found(check_includes.check(self.root), "no row for daemon/extra")

    def test_a_row_that_looks_to_its_right_is_found(self) -> None:
        self.replace("daemon/README.md", "| tasks [P] | |", "| tasks [P] | cloud |")
        self.replace("daemon/CMakeLists.txt", "sas_folder(tasks   LINK base)", "sas_folder(tasks LINK base cloud)")
        self.assert_found(check_includes.check(self.root), "does not stand above it")

    def test_a_permitted_file_that_is_gone_is_found(self) -> None:
        (self.root / "daemon/cloud/source.hpp").unlink()
        self.assert_found(check_includes.check(self.root), "does not exist")

    def test_a_link_that_the_table_does_not_allow_is_found(self) -> None:
        self.replace("daemon/CMakeLists.txt", "tasks   LINK base", "tasks LINK base cloud")
        self.assert_found(check_includes.check(self.root), "tasks: links cloud")

    def test_a_link_that_is_missing_is_found(self) -> None:
        self.replace("daemon/CMakeLists.txt", "LINK base tasks cloud ASIO", "LINK base tasks ASIO")
        self.assert_found(check_includes.check(self.root), "polling: does not link cloud")

    def test_libraries_that_differ_between_cmake_and_table_are_found(self) -> None:
        self.replace("daemon/CMakeLists.txt", " THIRD_PARTY Boost::json", "")
        self.assert_found(check_includes.check(self.root), "does not link Boost.JSON")
        self.replace("daemon/CMakeLists.txt", "runtime ASIO", "runtime ASIO THIRD_PARTY Boost::json yaml-cpp")
        self.assert_found(check_includes.check(self.root), "links yaml-cpp")

    def test_asio_in_only_one_of_cmake_and_table_is_found(self) -> None:
        self.replace("daemon/CMakeLists.txt", "cloud ASIO", "cloud")
        self.assert_found(check_includes.check(self.root), "polling: ASIO stands in only one")

    def test_a_folder_that_only_cmake_or_only_the_table_has_is_found(self) -> None:
        self.replace("daemon/CMakeLists.txt", "sas_folder(tasks   LINK base)", "sas_folder(web LINK base)")
        problems = check_includes.check(self.root)
        self.assertEqual(len(problems), 2, problems)

    def test_a_table_that_is_not_there_is_found(self) -> None:
        self.write("daemon/README.md", "no table\n")
        self.assert_found(check_includes.check(self.root), "found no table")

    def test_the_simulator_with_the_daemons_signer_is_found(self) -> None:
        self.write("tests/simulator/check.cpp", '#include "signing/acs3_signer.hpp"\n')
        self.assert_found(check_includes.check(self.root), "only base and runtime")


class CoAwait(Tree):
    def found(self, statement: str, file: str = "tests/flow/a.cpp") -> list[str]:
        self.write(file, "asio::awaitable<void> f() {\n" + statement + "\n}\n")
        return check_co_await.check(self.root)

    def test_what_g_plus_plus_compiles_rightly_passes(self) -> None:
        for statement in (
            "const Request request{.path = path, .method = get};\nco_await send(request);",
            "auto [error, size] = co_await socket.async_read(buffer, token);",
            "if (auto answer = co_await fetch(request); !answer) { co_return std::nullopt; }",
            "while (!(co_await asio::this_coro::cancellation_state).cancelled()) { step(); }",
            "co_spawn(executor, [self] { return self->run(); }, done);",
            "co_spawn(executor, []() -> asio::awaitable<void> { co_await timer(); }, done);",
            "for (const auto& page : pages) co_await take(page);\nconst auto rest = all ? one() : two();",
            "if (ready) {\n co_await one();\n} else {\n co_await two();\n}\nconst Empty empty{};",
            "const auto text = list[i] ? a : b;\nco_await send(text, list[index]);",
            "switch (x) {\n case 1: co_await one();\n default: break;\n}\nT t{1};",
            'co_await send("{?}", \'?\');  // a comment {} ? :',
            "co_await wait(std::chrono::seconds{5});",
            "co_await async_all([](int n) { return n ? T{1} : T{2}; });",
            "if (x) co_return T{1};\nco_await y();",
            "try {\n  co_await one();\n} catch (const std::exception& e) {\n  fail(T{e});\n}",
        ):
            self.assertEqual(self.found(statement), [], statement)

    def test_a_braced_temporary_is_found(self) -> None:
        for statement in (
            "co_await use(Request{.path = path});",
            "co_await use({.path = path});",
            "co_await use(Pair{first(),\n second()});",
            "const auto answer = decode(co_await fetch(\n    Request{\n        path,\n        1},\n    limit));",
            "co_return co_await use(std::vector<int>{1, 2});",
            "if (const auto answer = co_await fetch(Request{path})) return;",
            "store(co_await fetch(), Options{1});",
            "const Answer answer{co_await fetch()};",
        ):
            self.assertTrue(any("braced temporary" in p for p in self.found(statement)), statement)

    def test_a_capturing_lambda_is_found(self) -> None:
        for statement in (
            "co_await co_spawn(executor, [shared] { return shared->run(); }, use_awaitable);",
            "co_await with(\n    [&](int n) mutable {\n      return n + total;\n    });",
            "const auto n = co_await with([this]() -> asio::awaitable<Result<int>> { return run(); });",
        ):
            problems = self.found(statement)
            self.assert_found(problems, "capturing lambda")

    def test_a_ternary_is_found(self) -> None:
        for statement in (
            "co_await send(first ? std::string(a) : std::string(b));",
            "co_await send(\n    first\n        ? one()\n        : two());",
            "const auto answer = first ? co_await one() : co_await two();",
        ):
            self.assertTrue(any("ternary" in problem for problem in self.found(statement)), statement)

    def test_a_hazard_in_a_lambda_that_is_passed_on_is_found_once_with_its_line(self) -> None:
        self.assert_found(self.found("spawn([] -> asio::awaitable<void> {\n  co_await use(T{1});\n});"), "a.cpp:3:")

    def test_a_capturing_coroutine_of_the_daemon_is_found(self) -> None:
        statement = "group.spawn([this]() -> asio::awaitable<void> {\n  co_await run();\n});"
        self.assert_found(self.found(statement, "daemon/cloud/a.cpp"), "daemon/cloud/a.cpp:2:", "is a coroutine")


class Clock(Tree):
    def found(self, code: str, file: str = "daemon/cloud/a.cpp") -> list[str]:
        self.write(file, code)
        return check_clock.check(self.root)

    def test_the_projects_clock_and_timers_pass(self) -> None:
        self.assertEqual(self.found("auto t = runtime::Clock::now(); co_await runtime::sleep_for(interval);\n"
                                    "// steady_clock::now()\nauto s = \"usleep(\"; task.time(0);"), [])

    def test_the_clocks_own_file_may_read_the_clock(self) -> None:
        self.assertEqual(self.found("auto t = std::chrono::steady_clock::now();", "daemon/runtime/clock.cpp"), [])

    def test_reading_a_clock_is_found(self) -> None:
        for code in ("auto t = std::chrono::steady_clock::now();", "auto t = std::chrono::system_clock :: now ( );",
                     "auto t = Monotonic::now();", "auto t = std::time(nullptr);", "clock_gettime(CLOCK_REALTIME, &t);"):
            self.assert_found(self.found(code), "daemon/cloud/a.cpp:1:")

    def test_a_test_may_bound_its_wait_for_a_real_peer(self) -> None:
        self.assertEqual(self.found("auto t = std::chrono::steady_clock::now();", "tests/unit/a_test.cpp"), [])

    def test_sleeping_is_found(self) -> None:
        for code in ("std::this_thread::sleep_for(1s);", "::usleep(5);", "sleep(1);"):
            self.assert_found(self.found(code), "never for time to pass")
        (self.root / "daemon/cloud/a.cpp").unlink()
        self.write("tests/end_to_end/a_test.py", "import time\ntime.sleep(1)\n")
        self.assert_found(check_clock.check(self.root), "a_test.py:2:")

    def test_detached_work_is_found_in_tests_too(self) -> None:
        self.assert_found(self.found("co_spawn(e, f(), asio::detached);", "tests/flow/a.cpp"), "TaskGroup")


class Sizes(Tree):
    def test_functions_are_measured_with_their_signature(self) -> None:
        found = check_sizes.functions(textwrap.dedent("""\
            namespace sas {
            template <class T>
            class Table : public Base {
             public:
              explicit Table(int n) : size_{n}, rows_(n) {
                fill();
              }
              bool operator==(const Table&) const = default;
              const std::map<int, int> kNames{{1, 2}};
             private:
              int size() const { return size_; }
            };
            constexpr std::array<int, 2> kBoth = {1, 2};
            auto run(int a,
                     int b) -> int {
              if (a) {
                auto f = [&] { return T{a}; };
              }
            }
            TEST(Table, IsEmpty) {
            }
            }  // namespace sas
            """))
        self.assertEqual([(f.name, f.line, f.length) for f in found],
                         [("Table", 5, 3), ("size", 11, 1), ("run", 14, 6), ("Table.IsEmpty", 20, 2)])

    def test_a_long_function_is_found(self) -> None:
        self.write("daemon/tasks/a.cpp", "void f() {\n" + "  g();\n" * 58 + "}\n")
        self.assertEqual(check_sizes.check(self.root), [])
        self.write("daemon/tasks/a.cpp", "void f() {\n" + "  g();\n" * 59 + "}\n")
        self.assert_found(check_sizes.check(self.root), "f (daemon/tasks/a.cpp:1): 61 lines")

    def test_a_long_file_is_found(self) -> None:
        self.write("daemon/tasks/a.hpp", "\n" * 300)
        self.write("tests/unit/a_test.cpp", "\n" * 400)
        self.assertEqual(check_sizes.check(self.root), [])
        self.write("daemon/tasks/a.hpp", "\n" * 301)
        self.assert_found(check_sizes.check(self.root), "daemon/tasks/a.hpp: 301 lines")
        self.write("daemon/tasks/a.hpp", "\n")
        self.write("tests/unit/a_test.cpp", "\n" * 401)
        self.assert_found(check_sizes.check(self.root), "tests/unit/a_test.cpp: 401 lines")


class Spdx(Tree):
    def test_scripts_may_start_with_their_interpreter(self) -> None:
        self.write("tests/a.py", "#!/usr/bin/python3\n# SPDX-License-Identifier: Apache-2.0\n")
        self.assertEqual(check_spdx.check(self.root), [])

    def test_a_missing_licence_is_found(self) -> None:
        for name in ("daemon/tasks/a.cpp", "tests/a.py", "deploy/a.sh"):
            path = self.write(name, "\n")
            self.assert_found(check_spdx.check(self.root), name)
            path.unlink()

    def test_a_header_without_its_guard_is_found(self) -> None:
        self.write("daemon/tasks/a.hpp", SPDX)
        self.assert_found(check_spdx.check(self.root), "#pragma once")

    def test_what_is_left_for_later_is_found(self) -> None:
        self.write("daemon/tasks/a.cpp", SPDX + "// TO" + "DO: later\n")
        self.assert_found(check_spdx.check(self.root), "daemon/tasks/a.cpp:2:")


class Tools(Tree):
    """The checks that leave the judging to a tool: that the tool is called, and its verdict heard."""

    def test_badly_formatted_code_is_found(self) -> None:
        self.write(".clang-format", "BasedOnStyle: Google\n")
        self.write("daemon/cloud/source.hpp", "int f();\n")
        self.assertEqual(check_format.check(self.root), [])
        self.write("daemon/cloud/source.hpp", "int  f( );\n")
        self.assertIn("source.hpp:1", check_format.check(self.root)[0])

    def test_a_tree_without_code_is_not_taken_for_well_formatted(self) -> None:
        (self.root / "daemon/cloud/source.hpp").unlink()
        self.assert_found(check_format.check(self.root), "found no C++ file")

    def test_an_unquoted_variable_in_a_script_is_found(self) -> None:
        self.write("deploy/a.sh", "#!/bin/sh\nrm -r $1\n")
        self.assert_found(check_shell.check(self.root), "SC2086")
        self.write("deploy/a.sh", '#!/bin/sh\nrm -r "$1"\n')
        self.assertEqual(check_shell.check(self.root), [])

    def test_a_header_that_leans_on_others_is_found(self) -> None:
        self.write("daemon/tasks/a.hpp", "inline std::string name() { return {}; }\n")
        self.assertIn("std", check_headers.check(self.root, self.root / "build")[0])
        self.write("daemon/tasks/a.hpp", "#include <string>\ninline std::string name() { return {}; }\n")
        self.assertEqual(check_headers.check(self.root, self.root / "build"), [])

    def test_a_new_mistake_in_an_included_header_is_not_hidden_by_the_last_verdict(self) -> None:
        self.write("daemon/tasks/a.hpp", '#include "tasks/b.hpp"\n')
        self.write("daemon/tasks/b.hpp", "int f();\n")
        self.assertEqual(check_headers.check(self.root, self.root / "build"), [])
        self.write("daemon/tasks/b.hpp", "std::string f();\n")
        self.assertEqual(len(check_headers.check(self.root, self.root / "build")), 2)

    def test_what_tidy_objects_to_is_found(self) -> None:
        self.write(".clang-tidy", "Checks: '-*,modernize-use-nullptr'\nWarningsAsErrors: '*'\n")
        source = self.write("daemon/tasks/a.cpp", "int* f() { return 0; }\n")
        command = [{"directory": str(self.root), "file": str(source), "command": f"clang++ -std=c++20 -c {source}"}]
        self.write("build/compile_commands.json", json.dumps(command))
        check = lambda: check_tidy.check_with(self.root, self.root / "build")  # noqa: E731
        self.assertIn("nullptr", check()[0])
        self.assertIn("nullptr", check()[0], "a failure must not be remembered as a success")
        source.write_text("int* f() { return nullptr; }\n")
        self.assertEqual(check(), [])
        self.assertEqual(check(), [])

    def test_files_that_do_not_go_together_are_looked_at_apart(self) -> None:
        self.write(".clang-tidy", "Checks: '-*,modernize-use-nullptr'\nWarningsAsErrors: '*'\n")
        own = "namespace {\nint kOwn = 1;\n}\n"
        texts = {"a": f"{own}int a() {{ return kOwn; }}\n", "b": f"{own}int* b() {{ return 0; }}\n", "c": "int c() { return 1; }\n"}
        sources = [self.write(f"daemon/tasks/{name}.cpp", text) for name, text in texts.items()]
        compiled = {source: () for source in sources}
        apart = [[file.stem for file in batch] for batch in check_tidy.batches(sources, compiled)]
        self.assertEqual(apart, [["a", "c"], ["b"]])
        commands = [
            {"directory": str(self.root), "file": str(source), "command": f"clang++ -std=c++20 -o x -c {source}"}
            for source in sources
        ]
        self.write("build/compile_commands.json", json.dumps(commands))
        found = check_tidy.check_with(self.root, self.root / "build")
        self.assertEqual(len(found), 1)
        self.assertIn("b.cpp", found[0])
        # Where what they share is seen too late, each is looked at alone, and found to be in order.
        for source in sources:
            source.write_text(f"static int kOwn = 1;\nint {source.stem}() {{ return kOwn; }}\n")
        self.assertEqual(check_tidy.check_with(self.root, self.root / "build"), [])

    def test_a_file_that_the_compile_commands_lack_is_found(self) -> None:
        self.write(".clang-tidy", "Checks: '-*,modernize-use-nullptr'\n")
        self.write("daemon/tasks/a.cpp", "int f();\n")
        self.write("build/compile_commands.json", "[]")
        self.assert_found(check_tidy.check_with(self.root, self.root / "build"), "daemon/tasks/a.cpp", "not built")


class Rules(Tree):
    """One alert, SasDown, with all that belongs to it."""

    FOLDER = "deploy/prometheus"

    def setUp(self) -> None:
        super().setUp()
        self.write("README.md", """\
            ## Metrics

            | metric | type | labels | what it says |
            |---|---|---|---|
            | `sas_operation_up` | gauge | target | 1 |
            | `sas_operation_run_seconds` | histogram | target | |

            ## Alerts
            """)
        self.write(f"{self.FOLDER}/alerts.yml", """\
            groups:
              - name: polls
                rules:
                  - record: target:sas_operation_up:failing
                    expr: sas_operation_up == 0
                  - alert: SasDown
                    expr: target:sas_operation_up:failing
                    labels: {severity: warning}
                    annotations:
                      summary: Down
                      description: It is down.
                      runbook_url: https://runbooks.example/sas-operation-exporter/SasDown.md
                      dashboard_url: https://grafana.example/d/sas-operation-exporter?var-target=
            """)
        self.write(f"{self.FOLDER}/recording.yml", """\
            groups:
              - name: runs
                rules: [{record: "target:sas_operation_run_seconds:count", expr: sas_operation_run_seconds_count}]
            """)
        self.write(f"{self.FOLDER}/tests/polls.yml", """\
            rule_files: [../alerts.yml]
            tests:
              - interval: 1m
                input_series: [{series: 'sas_operation_up{target="a"}', values: 1 0}]
                alert_rule_test:
                  - {eval_time: 0m, alertname: SasDown, exp_alerts: []}
                  - eval_time: 1m
                    alertname: SasDown
                    exp_alerts:
                      - exp_labels: {severity: warning, target: a}
                        exp_annotations:
                          summary: Down
                          description: It is down.
                          runbook_url: https://runbooks.example/sas-operation-exporter/SasDown.md
                          dashboard_url: https://grafana.example/d/sas-operation-exporter?var-target=
            """)
        self.write(f"{self.FOLDER}/prometheus.yml", "rule_files: [alerts*.yml]\n")
        self.write(f"{self.FOLDER}/alertmanager.yml", "route: {receiver: a}\nreceivers: [{name: a}]\n")
        for ending in (".md", ".zh-CN.md"):
            self.write(f"{self.FOLDER}/runbooks/SasDown{ending}", "# SasDown\n")
            self.write(f"{self.FOLDER}/runbooks/README{ending}", f"[SasDown](SasDown{ending})\n")

    def found(self) -> list[str]:
        return check_rules.check(self.root, self.root / "build")

    def change(self, file: str, old: str, new: str) -> list[str]:
        """What is found with the change alone; it is undone behind it."""
        self.replace(f"{self.FOLDER}/{file}", old, new)
        problems = self.found()
        self.replace(f"{self.FOLDER}/{file}", new, old)
        return problems

    def test_what_is_right_passes(self) -> None:
        self.assertEqual(self.found(), [])

    def test_a_file_that_its_tool_refuses_is_found(self) -> None:
        self.assert_found(self.change("alerts.yml", "== 0", "== = 0"), "promtool check rules", "parse error")
        self.assert_found(self.change("recording.yml", "_count}", "_count)}"), "promtool check rules")
        self.assert_found(self.change("prometheus.yml", "rule_files", "rule_fils"), "promtool check config")
        self.assert_found(self.change("alertmanager.yml", "receiver: a", "receiver: b"), "amtool check-config")

    def test_a_failing_test_of_the_rules_is_found_and_not_forgotten(self) -> None:
        self.assertEqual(self.found(), [])
        self.assert_found(self.change("alerts.yml", "up == 0", "up == 2"), "polls.yml", "alertname: SasDown")
        self.replace(f"{self.FOLDER}/tests/polls.yml", "values: 1 0", "values: 1 1")
        self.assert_found(self.found(), "polls.yml")
        self.assert_found(self.found(), "polls.yml")

    def test_what_an_alert_does_not_say_is_found(self) -> None:
        for old, new, words in (("severity: warning", "severity: severe", "its severity is none of"),
                                ("https://runbooks.example", "https://other.example", "its runbook_url is not"),
                                ("d/sas-operation-exporter?", "d/another?", "its dashboard_url begins with none of"),
                                ("summary: Down", "title: Down", "has no summary"),
                                ("description: It", "detail: It", "has no description")):
            self.assertTrue(any(words in problem for problem in self.change("alerts.yml", old, new)), words)

    def test_an_alert_that_is_called_otherwise_is_found_everywhere(self) -> None:
        problems = "\n".join(self.change("alerts.yml", "alert: SasDown", "alert: sas_down"))
        for words in ("SasInCamelCase", "there is no alert SasDown", "sas_down: has no case in which it fires",
                      "sas_down: has no runbook sas_down.zh-CN.md", "SasDown.md: is the runbook of no alert"):
            self.assertIn(words, problems)

    def test_an_alert_without_both_kinds_of_cases_is_found(self) -> None:
        self.assert_found(self.change("tests/polls.yml", "- {eval_time: 0m, alertname: SasDown, exp_alerts: []}", ""),
                          "SasDown: has no case in which it does not fire")
        self.write(f"{self.FOLDER}/tests/polls.yml", """\
            rule_files: [../alerts.yml]
            tests: [{alert_rule_test: [{eval_time: 0m, alertname: SasDown, exp_alerts: []}]}]
            """)
        self.assert_found(self.found(), "SasDown: has no case in which it fires")

    def test_a_metric_that_does_not_exist_is_found(self) -> None:
        self.assert_found(self.change("recording.yml", "_seconds_count", "_seconds"), "sas_operation_run_seconds, which is not in")
        self.assert_found(self.change("alerts.yml", "It is down.", 'It is down{{ with query "sas_operation_down" }}.{{ end }}')[:1],
                          "sas_operation_down, which is not in")

    def test_a_record_of_another_file_is_found(self) -> None:
        self.assert_found(self.change("alerts.yml", "sas_operation_up == 0",
                                      "sas_operation_up == 0 unless target:sas_operation_run_seconds:count"),
                          "target:sas_operation_run_seconds:count, which alerts.yml does not record")

    def test_a_runbook_that_is_missing_or_left_over_is_found(self) -> None:
        runbooks = self.root / self.FOLDER / "runbooks"
        (runbooks / "SasDown.zh-CN.md").unlink()
        self.assert_found(self.found(), "SasDown: has no runbook SasDown.zh-CN.md")
        self.write(f"{self.FOLDER}/runbooks/SasDown.zh-CN.md", "")
        self.write(f"{self.FOLDER}/runbooks/SasUp.zh-CN.md", "")
        self.assert_found(self.found(), "SasUp.zh-CN.md: is the runbook of no alert")
        (runbooks / "SasUp.zh-CN.md").unlink()
        self.write(f"{self.FOLDER}/runbooks/README.md", "")
        self.assert_found(self.found(), "README.md of the runbooks has no link to SasDown.md")

    def test_a_query_of_a_runbook_that_asks_in_vain_is_found(self) -> None:
        file = f"{self.FOLDER}/runbooks/SasDown.md"
        self.write(file, """\
            - Look:
              ```
              sas_operation_up == 0
              target:sas_operation_up:failing   # recorded
              amtool silence add alertname=SasDown target=a
              ```
            - or at `count(sas_operation_run_seconds_count{target="a"})`, and run `sas-operation-exporter doctor`
            """)
        self.assertEqual(self.found(), [])
        self.assert_found(self.change("runbooks/SasDown.md", "_up == 0", "_down == 0"), "SasDown.md: asks for sas_operation_down")
        self.assert_found(self.change("runbooks/SasDown.md", "up:failing", "up:gone"), "target:sas_operation_up:gone, which nobody")
        self.assert_found(self.change("runbooks/SasDown.md", '"a"})`', '"a"}`'), "SasDown.md", "parse error")

    def test_an_inhibition_of_an_alert_that_does_not_exist_is_found(self) -> None:
        with (self.root / self.FOLDER / "alertmanager.yml").open("a") as file:
            file.write("inhibit_rules: [{source_matchers: [alertname=SasDown], target_matchers: [alertname=SasGone]}]\n")
        self.assert_found(self.found(), "there is no alert SasGone")


class Tokens(unittest.TestCase):
    def test_strings_comments_and_directives_are_not_code(self) -> None:
        text = 'a("{") /* { */ R"x({)x" \'{\' 1\'000 // {\n#define X {\nb{\n}'
        self.assertEqual([token.text for token in cpp.tokens(text) if token.kind in ("word", "mark")],
                         ["a", "(", ")", "b", "{", "}"])

    def test_lines_are_counted_from_one(self) -> None:
        self.assertEqual([token.line for token in cpp.tokens("a\n\nb /*\n*/ c")], [1, 3, 4])


if __name__ == "__main__":
    unittest.main()
