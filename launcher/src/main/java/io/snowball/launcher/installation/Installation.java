package io.snowball.launcher.installation;

import io.snowball.launcher.machine.ChildProcess;
import io.snowball.launcher.machine.Folders;
import io.snowball.launcher.machine.PidFile;
import io.snowball.launcher.machine.Trouble;
import io.snowball.launcher.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One Snowball in one folder, running or not. */
public final class Installation {
    static final String LAUNCHER = "launcher";

    private static final long SPACE_NEEDED = 500L << 20;
    private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);
    private static final Duration LEFT_OVER_PATIENCE = Duration.ofSeconds(15);

    private final Layout layout;
    private final List<Service> services;

    private Installation(Layout layout, List<Service> services) {
        this.layout = layout;
        this.services = List.copyOf(services);
    }

    /** The state is in the folder; the services are usually {@link Service#all}. */
    public static Installation at(Path folder, List<Service> services) {
        return new Installation(new Layout(folder.toAbsolutePath().normalize()), services);
    }

    /** Starts the system in this JVM and returns when it is ready. */
    public RunningSystem start(Settings settings, Progress progress) {
        RunningSystem system = prepare(settings, progress);
        system.start();
        return system;
    }

    /** All but the start itself, so that the caller can arrange for {@link RunningSystem#close} before anything runs. */
    public RunningSystem prepare(Settings settings, Progress progress) {
        layout.make();
        Folders.requireSpace(layout.folder(), SPACE_NEEDED);
        Lock lock = Lock.take(layout.lock())
                .orElseThrow(() -> new Trouble("Snowball is running in " + layout.folder() + " already"
                        + endpoints().map(e -> ": " + e.publicUrl()).orElse("")
                        + ". Stop it with ./snowball down, or start another with --dir and --port-base."));
        try {
            if (stopLeftOver()) {
                progress.note("What an interrupted run had left behind was stopped.");
            }
            layout.pid(LAUNCHER).write(ProcessHandle.current());
            return new RunningSystem(layout, lock, settings, services, progress);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a launcher is at work here, be it starting, ready or stopping. */
    public boolean isRunning() {
        return Lock.isHeld(layout.lock());
    }

    /** Where the system is reached; empty until it is ready. */
    public Optional<Endpoints> endpoints() {
        return isRunning() ? Endpoints.read(layout.state()) : Optional.empty();
    }

    public Credentials credentials() {
        return new Credentials(Secrets.in(layout.secrets()));
    }

    /** Which processes answer that they are ready; the order is that of the start. */
    public Map<String, Boolean> readiness() {
        Map<String, Boolean> ready = new LinkedHashMap<>();
        endpoints().ifPresent(found -> {
            ready.put(
                    RunningSystem.DATABASE,
                    layout.pid(RunningSystem.DATABASE).process().isPresent());
            found.services().forEach((name, address) -> ready.put(name, Readiness.of(address)));
        });
        return ready;
    }

    /** Stops what runs here, whoever started it. False where nothing did. */
    public boolean stop() {
        if (!Files.isDirectory(layout.run())) {
            return false;
        }
        boolean ran = isRunning();
        if (ran) {
            stopLauncher();
        }
        Lock lock = lockOfTheDead();
        try {
            return stopLeftOver() || ran;
        } finally {
            lock.close();
        }
    }

    /** The system takes back a dead process's lock a moment after the process is seen to be dead. */
    private Lock lockOfTheDead() {
        long until = System.nanoTime() + LEFT_OVER_PATIENCE.toNanos();
        Optional<Lock> taken = Lock.take(layout.lock());
        while (taken.isEmpty() && System.nanoTime() < until && ChildProcess.slept()) {
            taken = Lock.take(layout.lock());
        }
        return taken.orElseThrow(
                () -> new Trouble("Another launcher is starting in " + layout.folder() + ". Try again."));
    }

    public Path logs() {
        return layout.logs();
    }

    public Path folder() {
        return layout.folder();
    }

    private void stopLauncher() {
        ProcessHandle launcher = layout.pid(LAUNCHER)
                .process()
                .orElseThrow(() -> new Trouble("A launcher holds " + layout.lock() + ", but "
                        + layout.pid(LAUNCHER).path() + " doesn't say which. End that process by hand (lsof "
                        + layout.lock() + " names it)."));
        if (launcher.equals(ProcessHandle.current())) {
            throw new IllegalStateException("this JVM runs the system: close it instead");
        }
        ChildProcess.stop(launcher, "TERM", STOP_PATIENCE);
    }

    /** Only with the lock in hand: whatever runs now has no launcher any more. */
    private boolean stopLeftOver() {
        boolean found = false;
        for (PidFile file : leftPidFiles()) {
            Optional<ProcessHandle> left = file.process();
            left.ifPresent(process -> ChildProcess.stop(process, "TERM", LEFT_OVER_PATIENCE));
            found |= left.isPresent();
            file.delete();
        }
        found |= Postgres.stopLeftOver(layout.postgres());
        layout.pid(RunningSystem.DATABASE).delete();
        try {
            Files.deleteIfExists(layout.state());
        } catch (IOException e) {
            throw Trouble.of(e);
        }
        return found;
    }

    /** The database has its own way to be found and stopped; the launcher's file is of a dead one or our own. */
    private List<PidFile> leftPidFiles() {
        List<Path> others = List.of(
                layout.pid(LAUNCHER).path(), layout.pid(RunningSystem.DATABASE).path());
        try (Stream<Path> files = Files.list(layout.run())) {
            return files.filter(file -> file.toString().endsWith(".pid") && !others.contains(file))
                    .map(PidFile::new)
                    .toList();
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }
}
