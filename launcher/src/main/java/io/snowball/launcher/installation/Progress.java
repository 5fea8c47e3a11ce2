package io.snowball.launcher.installation;

import java.time.Duration;

/** Who wants to know how far we are. */
public interface Progress {
    /** A step is done. */
    void done(String step, Duration took, String detail);

    /** Something happened that a person should know of. */
    void note(String sentence);

    static Progress silent() {
        return new Progress() {
            @Override
            public void done(String step, Duration took, String detail) {}

            @Override
            public void note(String sentence) {}
        };
    }
}
