/**
 * The program behind ./snowball: one class per command.
 *
 * <p>A command reads its arguments, asks the rooms beside this package to do the work, and says what came of it. A new command is a
 * class that implements {@code Command} and a line in {@code Main}. Exit codes: 0 done, 1 something to put right, 2 a wrong command line,
 * 3 (status) not running.
 */
@NullMarked
package io.snowball.launcher;

import org.jspecify.annotations.NullMarked;
