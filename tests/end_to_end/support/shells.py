# SPDX-License-Identifier: Apache-2.0
"""A shell at a terminal, asked for everything that it would complete. It puts all of it into the line, which then prints
itself: so the answer is what a person would get, whatever the shell shows on its screen."""

import os
import pathlib
import pty
import select
import signal
import subprocess

PROMPT = "ready>"
ALL = {"bash": "\x1b*", "zsh": "\x18a"}  # the key that puts all completions into the line


def _start(shell: str, share: pathlib.Path, home: pathlib.Path) -> list[str]:
    if shell == "bash":
        start = home.with_name(home.name + ".bashrc")
        start.write_text(
            ". /usr/share/bash-completion/bash_completion\n"
            f". {share}/bash-completion/completions/sas-operation-exporter\n"
            f"bind 'set enable-bracketed-paste off'\nPS1='{PROMPT}'\n"
        )
        return ["bash", "--noprofile", "--rcfile", str(start), "-i"]
    (home / ".zshrc").write_text(
        f"fpath=({share}/zsh/vendor-completions $fpath)\nautoload -Uz compinit\ncompinit -u -D\n"
        "unset zle_bracketed_paste\nunsetopt prompt_sp prompt_cr auto_remove_slash\n"
        "zle -C all-matches complete-word _generic\nbindkey '^Xa' all-matches\n"
        "zstyle ':completion:all-matches:*' insert true\n"
        "zstyle ':completion:all-matches::::' completer _all_matches _complete\n"
        f"PS1='{PROMPT}'\n"
    )
    return ["zsh", "-d", "-i"]


class Shell:
    def __init__(self, shell: str, share: pathlib.Path, home: pathlib.Path) -> None:
        self.name, self.home = shell, home
        environment = os.environ | {"HOME": str(home), "ZDOTDIR": str(home), "TERM": "dumb", "HISTFILE": "/dev/null"}
        command = _start(shell, share, home)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(home)
            os.execvpe(command[0], command, environment)
        self._await(PROMPT)

    def _await(self, text: str) -> str:
        said = ""
        while text not in said:
            if not select.select([self.terminal], [], [], 60)[0]:
                raise TimeoutError(f"{self.name} did not say {text!r}, but {said!r}")
            said += os.read(self.terminal, 65536).decode(errors="replace")
        return said

    def completions(self, line: str) -> set[str]:
        """All that the last word of the line may become."""
        answer = self.home / "answer"
        answer.unlink(missing_ok=True)
        # ^A goes to the beginning of the line, in both shells with the keys of emacs.
        os.write(self.terminal, (line + ALL[self.name] + f"\x01printf '%s\\n' '{line}' \x05 > {answer}; echo do''ne\n").encode())
        self._await("\ndone")
        told = answer.read_text().splitlines()
        return set(told[len(line.split(" ")) :])  # after the line itself, and the words before its last

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def fish(share: pathlib.Path, home: pathlib.Path, line: str) -> set[str]:
    """fish says what it would complete when asked."""
    script = f"source {share}/fish/vendor_completions.d/sas-operation-exporter.fish; complete -C '{line}'"
    run = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, check=True, cwd=home)
    return {each.split("\t")[0] for each in run.stdout.splitlines()}
