package io.snowball.launcher.installation;

import io.snowball.launcher.machine.ChildProcess;
import io.snowball.launcher.machine.LogFile;
import io.snowball.launcher.machine.TcpPorts;
import io.snowball.launcher.machine.Trouble;
import io.snowball.launcher.mailbox.Mailbox;
import io.snowball.launcher.postgres.Postgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A system that this JVM runs: started by {@link Installation}, stopped by {@link #close}. */
public final class RunningSystem implements AutoCloseable {
    public static final String DATABASE = "postgres";

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final int LOG_CHECK_SECONDS = 10;

    private final Layout layout;
    private final Lock lock;
    private final Settings settings;
    private final Secrets secrets;
    private final List<Service> services;
    private final Progress progress;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("supervisor").factory());
    /** In order of their start, guarded by this; the database is one of them. */
    private final Map<String, Supervised> processes = new LinkedHashMap<>();

    private @Nullable Mailbox mailbox;
    private volatile boolean closing;
    private boolean closed;

    RunningSystem(Layout layout, Lock lock, Settings settings, List<Service> services, Progress progress) {
        this.layout = layout;
        this.lock = lock;
        this.settings = settings;
        this.secrets = Secrets.in(layout.secrets());
        this.services = services;
        this.progress = progress;
    }

    /** Blocks until everything is ready. Where something is not, all is stopped again and a {@link Trouble} says why. */
    public void start() {
        try {
            requireBuilt();
            requirePorts();
            step(
                    "PostgreSQL " + Postgres.VERSION,
                    "localhost:" + settings.ports().database(),
                    this::startDatabase);
            step("mailbox", "localhost:" + settings.ports().smtp(), this::startMailbox);
            long begin = System.nanoTime();
            services.forEach(service -> exclusively(() -> startService(service)));
            services.forEach(service -> {
                awaitReady(service);
                progress.done(
                        service.name(),
                        Duration.ofNanos(System.nanoTime() - begin),
                        address(service).getAuthority());
            });
            endpoints().write(layout.state());
            var _ = timer.scheduleWithFixedDelay(
                    this::boundLogs, LOG_CHECK_SECONDS, LOG_CHECK_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public Endpoints endpoints() {
        Map<String, URI> addresses = new LinkedHashMap<>();
        services.forEach(service -> addresses.put(service.name(), address(service)));
        return new Endpoints(
                addresses,
                URI.create(environment().publicUrl()),
                URI.create("http://localhost:" + settings.ports().mailbox()),
                settings.ports().smtp(),
                settings.ports().database());
    }

    public Credentials credentials() {
        return new Credentials(secrets);
    }

    /** What each service, and the {@link #DATABASE}, has used of the processors since its start. */
    public Map<String, Duration> processorTimes() {
        Map<String, Duration> times = new TreeMap<>();
        processes.forEach((name, process) -> times.put(name, process.processorTime()));
        return times;
    }

    /** SIGKILL to a service, or to the {@link #DATABASE}. It stays dead until {@link #startAgain}. */
    public void kill(String name) {
        process(name).kill();
    }

    /** Of a process that runs. */
    public long pid(String name) {
        return layout.pid(name)
                .process()
                .orElseThrow(() -> new IllegalStateException(name + " does not run"))
                .pid();
    }

    /** Starts what was killed and returns when it is ready. */
    public void startAgain(String name) {
        process(name).start();
        services.stream().filter(s -> s.name().equals(name)).forEach(this::awaitReady);
    }

    /** Stops all in the opposite order of the start. Does nothing the second time. */
    @Override
    public void close() {
        closing = true;
        exclusively(this::stopAll);
    }

    private void stopAll() {
        if (closed) {
            return;
        }
        closed = true;
        timer.shutdownNow();
        delete(layout.state());
        List<String> names = new ArrayList<>(processes.keySet());
        for (String name : names.reversed()) {
            if (!name.equals(DATABASE)) {
                process(name).stop("TERM", STOP_PATIENCE);
            }
        }
        if (mailbox != null) {
            mailbox.close();
            mailbox = null;
        }
        if (processes.containsKey(DATABASE)) {
            // Fast shutdown: sessions are cut, everything committed is on disk.
            process(DATABASE).stop("INT", Postgres.STOP_PATIENCE);
        }
        processes.clear();
        layout.pid(Installation.LAUNCHER).delete();
        lock.close();
    }

    private void requireBuilt() {
        List<String> missing = services.stream()
                .filter(s -> s.built().filter(file -> !Files.exists(file)).isPresent())
                .map(s -> s.name() + " (" + s.built().orElseThrow() + ")")
                .toList();
        if (!missing.isEmpty()) {
            throw new Trouble("Not built: " + String.join(", ", missing)
                    + ". Run ./snowball up, which builds first, or ./mvnw package -DskipTests.");
        }
    }

    private void requirePorts() {
        String other = "choose others with --port-base 9080";
        services.forEach(s -> TcpPorts.requireFree(settings.ports().of(s), s.name(), other));
        TcpPorts.requireFree(settings.ports().mailbox(), "mailbox page", "choose another with --mailbox-port");
        TcpPorts.requireFree(settings.ports().smtp(), "mailbox SMTP", "choose another with --smtp-port");
        TcpPorts.requireFree(settings.ports().database(), "PostgreSQL", "choose another with --db-port");
    }

    private void startDatabase() {
        layout.log(DATABASE).rotate();
        Postgres.Place place = new Postgres.Place(
                layout.postgres(),
                layout.log(DATABASE).path(),
                layout.pid(DATABASE).path(),
                settings.ports().database(),
                secrets.password("database.postgres"));
        Postgres first = Postgres.start(place);
        supervise(DATABASE, first.process(), () -> Postgres.start(place).process());
        services.forEach(service -> first.ensureDatabase(
                service.name(),
                Environment.databasePassword(secrets, service.name()),
                service.databaseOwner(),
                Environment.databasePassword(secrets, service.databaseOwner())));
    }

    private void startMailbox() {
        mailbox = Mailbox.start(
                settings.host(), settings.ports().smtp(), settings.ports().mailbox());
    }

    private void startService(Service service) {
        layout.log(service.name()).rotate();
        List<String> command = new ArrayList<>(JavaCommand.service(settings.heap()));
        command.addAll(service.program());
        ChildProcess.Plan plan = new ChildProcess.Plan(
                command,
                environment().of(service),
                layout.work(),
                layout.log(service.name()).path(),
                layout.pid(service.name()).path());
        supervise(service.name(), ChildProcess.start(plan), () -> ChildProcess.start(plan));
    }

    private void supervise(String name, ChildProcess running, java.util.function.Supplier<ChildProcess> starter) {
        Supervised supervised = new Supervised(name, starter, Supervised.BackOff.STANDARD, timer, progress::note);
        processes.put(name, supervised);
        supervised.adopt(running);
    }

    private void awaitReady(Service service) {
        URI address = address(service);
        long until = System.nanoTime() + settings.patience().toNanos();
        while (!Readiness.of(address)) {
            if (closing) {
                throw new CancellationException();
            }
            if (process(service.name()).hasFailed()) {
                throw notStarted(service, "stopped while it was starting");
            }
            if (System.nanoTime() > until) {
                throw notStarted(
                        service, "was not ready after " + settings.patience().toSeconds() + " s");
            }
            if (!ChildProcess.slept()) {
                throw new CancellationException();
            }
        }
    }

    private Trouble notStarted(Service service, String what) {
        LogFile log = layout.log(service.name());
        String end = log.lastLines(15).stream().map(line -> "\n  " + line).collect(Collectors.joining());
        return new Trouble(service.name() + " " + what + ". The end of " + log.path() + ":" + end);
    }

    private void step(String name, String detail, Runnable action) {
        long begin = System.nanoTime();
        exclusively(action);
        progress.done(name, Duration.ofNanos(System.nanoTime() - begin), detail);
    }

    /** A step of the start and the stop never run at once: what is being started is known before it is stopped. */
    private synchronized void exclusively(Runnable action) {
        action.run();
    }

    private synchronized Supervised process(String name) {
        Supervised found = processes.get(name);
        if (found == null) {
            throw closing
                    ? new CancellationException()
                    : new IllegalArgumentException(
                            "There is no process " + name + "; there are " + processes.keySet() + ".");
        }
        return found;
    }

    private URI address(Service service) {
        return URI.create("http://localhost:" + settings.ports().of(service));
    }

    private Environment environment() {
        return new Environment(settings, secrets, services);
    }

    private void boundLogs() {
        try {
            for (String name : List.copyOf(processes.keySet())) {
                layout.log(name).bound();
            }
            layout.log(Installation.LAUNCHER).bound();
        } catch (IOException e) {
            progress.note("The logs could not be cut: " + Trouble.of(e).getMessage());
        }
    }

    private static void delete(java.nio.file.Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Trouble.of(e);
        }
    }
}
