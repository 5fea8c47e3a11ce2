package io.snowball.launcher.machine;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One process that we started, in a session of its own. */
public final class ChildProcess {
    /** What to run and where it leaves its traces. */
    public record Plan(List<String> command, Map<String, String> environment, Path folder, Path log, Path pidFile) {}

    private static final Duration AFTER_SIGKILL = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Process process;
    private final PidFile pidFile;

    private ChildProcess(Process process, PidFile pidFile) {
        this.process = process;
        this.pidFile = pidFile;
    }

    public static ChildProcess start(Plan plan) {
        List<String> command = new ArrayList<>(OwnSession.prefix());
        command.addAll(plan.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(plan.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(plan.log().toFile()));
        builder.environment().putAll(plan.environment());
        try {
            Process process = builder.start();
            PidFile pidFile = new PidFile(plan.pidFile());
            pidFile.write(process.toHandle());
            return new ChildProcess(process, pidFile);
        } catch (IOException e) {
            throw Files.isDirectory(plan.folder()) ? Trouble.of(e) : new Trouble(plan.folder() + " is gone.", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() {
        return process.exitValue();
    }

    public CompletableFuture<ProcessHandle> onExit() {
        return process.toHandle().onExit();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks by the signal and waits; after that it is killed. */
    public void stop(String signal, Duration patience) {
        stop(process.toHandle(), signal, patience);
        pidFile.delete();
    }

    /** SIGKILL, as a crash would be. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(process.toHandle(), AFTER_SIGKILL);
        pidFile.delete();
    }

    public static void stop(ProcessHandle process, String signal, Duration patience) {
        signal(process, signal);
        if (!awaitExit(process, patience)) {
            process.destroyForcibly();
            awaitExit(process, AFTER_SIGKILL);
        }
    }

    /** Also for processes that aren't our children. */
    public static boolean awaitExit(ProcessHandle process, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (runs(process)) {
            if (System.nanoTime() > until || !slept()) {
                return !runs(process);
            }
        }
        return true;
    }

    /** A dead process whose parent doesn't ask after it stays in the table; many a container's first process never asks. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException noSuchFolderOnThisSystem) {
            return process.isAlive();
        }
    }

    /** A short wait between two looks; false where we are asked to end. */
    public static boolean slept() {
        try {
            Thread.sleep(LOOK_AGAIN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** For the signals that Java has no word for; {@code kill} is a part of every shell, even where no such program is. */
    public static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid() + " 2>/dev/null")
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw Trouble.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
