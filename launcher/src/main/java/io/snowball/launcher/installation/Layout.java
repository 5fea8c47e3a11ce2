package io.snowball.launcher.installation;

import io.snowball.launcher.machine.Folders;
import io.snowball.launcher.machine.LogFile;
import io.snowball.launcher.machine.PidFile;
import java.nio.file.Path;

/** What lies where in an installation's folder. */
record Layout(Path folder) {
    Path postgres() {
        return folder.resolve("postgres");
    }

    Path secrets() {
        return folder.resolve("secrets");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path run() {
        return folder.resolve("run");
    }

    /** Where the services run: what they leave behind doesn't land among other people's files. */
    Path work() {
        return folder.resolve("work");
    }

    LogFile log(String name) {
        return new LogFile(logs().resolve(name + ".log"));
    }

    PidFile pid(String name) {
        return new PidFile(run().resolve(name + ".pid"));
    }

    Path lock() {
        return run().resolve("lock");
    }

    Path state() {
        return run().resolve("state.json");
    }

    void make() {
        Folders.writable(folder);
        Folders.writable(logs());
        Folders.writable(run());
        Folders.writable(work());
    }
}
