package io.snowball.launcher;

/** The command line can't be understood; the message says which part. */
final class UsageProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageProblem(String message) {
        super(message);
    }
}
