package io.snowball.launcher;

import java.util.List;

/** One word after ./snowball. */
interface Command {
    String name();

    /** @return the exit code */
    int run(List<String> arguments, Console console);
}
