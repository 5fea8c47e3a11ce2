package io.snowball.launcher;

import io.snowball.launcher.installation.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What a person reads. Steps and notes can go to the error stream, so that a command can print JSON alone on the other. */
final class Console implements Progress {
    private final PrintStream out;
    private final PrintStream err;

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** The same person, but everything except {@code err} goes nowhere near standard output. */
    Console withoutStandardOutput() {
        return new Console(err, err);
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void error(String text) {
        err.println("snowball: " + text);
        err.flush();
    }

    @Override
    public void done(String step, Duration took, String detail) {
        line(String.format(Locale.ROOT, "  ✓ %-18s %6.1f s   %s", step, took.toMillis() / 1000.0, detail)
                .stripTrailing());
    }

    @Override
    public void note(String sentence) {
        line("  ! " + sentence);
    }
}
