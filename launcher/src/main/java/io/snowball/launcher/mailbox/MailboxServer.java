package io.snowball.launcher.mailbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.snowball.launcher.machine.Trouble;
import io.snowball.launcher.mailbox.MailboxApi.Message;
import io.snowball.launcher.mailbox.MailboxApi.MessagePage;
import io.snowball.launcher.mailbox.MailboxApi.MessageSummary;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page and the JSON API, on one small server of the JDK. */
final class MailboxServer implements AutoCloseable {
    private static final int PAGE_SIZE = 50;
    private static final int MAX_LIMIT = 1_000;
    private static final Pattern MESSAGE = Pattern.compile("/(api/)?messages/(\\d{1,18})(/html|/raw)?");
    private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    /** Our own pages: nothing but our own files. */
    private static final String OWN_POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
                    + " frame-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    /** A mail's HTML: no scripts, no forms, an origin of nobody; pictures and styles as in a mail program; links open beside it. */
    private static final String MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
            + " img-src http: https: data:; style-src 'unsafe-inline' http: https:; font-src http: https: data:;"
            + " form-action 'none'; frame-ancestors 'self'";

    static {
        // Without it each answer on a kept connection waits 40 ms for the other side's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final MailStore store;
    private final boolean localOnly;
    private final ObjectMapper json = new ObjectMapper();

    private MailboxServer(HttpServer server, ExecutorService threads, MailStore store, boolean localOnly) {
        this.server = server;
        this.threads = threads;
        this.store = store;
        this.localOnly = localOnly;
    }

    static MailboxServer start(String host, int port, MailStore store) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(host), port), 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            MailboxServer mailbox = new MailboxServer(server, threads, store, host.equals("127.0.0.1"));
            server.createContext("/", mailbox::handle);
            server.setExecutor(threads);
            server.start();
            return mailbox;
        } catch (IOException e) {
            throw new Trouble(
                    "The mailbox page could not listen on " + host + ":" + port + " (" + e.getMessage()
                            + "). Free that port, or give another with --mailbox-port.",
                    e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange).send(exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (localOnly && (host == null || !LOCAL_HOST.matcher(host).matches())) {
            // A site on the Internet whose name is made to point here must not read the mails through the visitor's
            // browser.
            return Answer.problem(403, "Open the mailbox by the name localhost.");
        }
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        if (path.equals("/api/messages")) {
            return switch (method) {
                case "GET", "HEAD" -> list(query);
                case "DELETE" -> clear();
                default -> Answer.problem(405, "Use GET or DELETE here.");
            };
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.problem(405, "Use GET here.");
        }
        Matcher message = MESSAGE.matcher(path);
        if (message.matches()) {
            return store.find(Long.parseLong(message.group(2)))
                    .map(mail -> message(mail, message, query))
                    .orElseGet(() -> notThere(message.group(1) != null));
        }
        return switch (path) {
            case "/" -> page(query);
            case "/mailbox.css" -> resource("mailbox.css", "text/css; charset=utf-8");
            case "/mailbox.js" -> resource("mailbox.js", "text/javascript; charset=utf-8");
            case "/favicon.svg" -> resource("favicon.svg", "image/svg+xml");
            default -> Answer.problem(404, "There is no such page. The mails are at /.");
        };
    }

    private Answer list(Map<String, String> query) throws IOException {
        Optional<Long> limit = number(query, "limit", PAGE_SIZE);
        Optional<Long> after = number(query, "after", -1);
        Optional<Long> before = number(query, "before", Long.MAX_VALUE);
        if (limit.isEmpty() || limit.get() < 1 || limit.get() > MAX_LIMIT || after.isEmpty() || before.isEmpty()) {
            return Answer.problem(
                    400, "limit is a number from 1 to " + MAX_LIMIT + ", after and before are numbers of mails.");
        }
        int size = limit.get().intValue();
        boolean follows = after.get() >= 0;
        String wanted = query.getOrDefault("q", "");
        List<StoredMail> found =
                follows ? store.after(after.get(), wanted, size + 1) : store.before(before.get(), wanted, size + 1);
        List<StoredMail> shown = found.subList(0, Math.min(size, found.size()));
        Long next = found.size() > size ? (Long) shown.getLast().n() : null;
        return json(new MessagePage(
                shown.stream().map(MessageSummary::of).toList(),
                store.count(),
                store.last(),
                follows ? next : null,
                follows ? null : next));
    }

    private Answer clear() {
        store.clear();
        return Answer.empty(204);
    }

    private Answer page(Map<String, String> query) {
        long before = number(query, "before", Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        String wanted = query.getOrDefault("q", "");
        List<StoredMail> found = store.before(before, wanted, PAGE_SIZE + 1);
        return html(MailboxPages.list(new MailboxPages.Listing(
                found.subList(0, Math.min(PAGE_SIZE, found.size())),
                found.size() > PAGE_SIZE,
                before == Long.MAX_VALUE,
                wanted,
                store.count(),
                store.last())));
    }

    private Answer message(StoredMail mail, Matcher path, Map<String, String> query) {
        byte[] source = mail.source();
        @Nullable String part = path.group(3);
        if ("/raw".equals(part)) {
            // As plain text: a browser shows it and never takes it for a page.
            return new Answer(200, "text/plain; charset=utf-8", source, OWN_POLICY);
        }
        MailReader.ReadMail read = MailReader.read(source);
        if ("/html".equals(part)) {
            String html = "<!doctype html><meta charset=utf-8><base target=_blank>" + read.html();
            return new Answer(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), MAIL_POLICY);
        }
        if (path.group(1) != null) {
            return json(
                    new Message(MessageSummary.of(mail), read.headers(), read.text(), read.html(), read.attachments()));
        }
        boolean newer = !store.after(mail.n(), "", 1).isEmpty();
        boolean older = !store.before(mail.n(), "", 1).isEmpty();
        return html(MailPage.of(mail, read, query.getOrDefault("view", ""), newer, older));
    }

    private static Answer notThere(boolean api) {
        String sentence =
                "This mail is not here any more: the mailbox was emptied or restarted, or newer mails took its place.";
        return api
                ? Answer.problem(404, sentence)
                : new Answer(
                        404,
                        "text/html; charset=utf-8",
                        MailboxPages.sorry(sentence).getBytes(StandardCharsets.UTF_8),
                        OWN_POLICY);
    }

    private Answer json(Object body) {
        try {
            return new Answer(200, "application/json", json.writeValueAsBytes(body), OWN_POLICY);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer html(String page) {
        return new Answer(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), OWN_POLICY);
    }

    private static Answer resource(String name, String type) throws IOException {
        try (InputStream in = MailboxServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("missing in the jar: " + name);
            }
            return new Answer(200, type, in.readAllBytes(), OWN_POLICY);
        }
    }

    private static Optional<Long> number(Map<String, String> query, String name, long otherwise) {
        String given = query.get(name);
        try {
            return Optional.of(given == null || given.isEmpty() ? otherwise : Long.parseLong(given));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenPercent) {
            return value;
        }
    }
}
