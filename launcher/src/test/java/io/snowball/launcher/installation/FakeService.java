package io.snowball.launcher.installation;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Stands in for a service: says that it is ready, tells its environment, and dies when asked to. */
final class FakeService {
    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            System.out.println("java.net.ConnectException: the wolf ate the database");
            System.exit(7);
        }
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/die")) {
                Runtime.getRuntime().halt(9);
            }
            byte[] body = path.startsWith("/env/")
                    ? String.valueOf(System.getenv(path.substring(5))).getBytes(StandardCharsets.UTF_8)
                    : Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    static List<Service> two() {
        return List.of(service("customer", 1), service("gateway", 0));
    }

    static Service service(String name, int portOffset, String... arguments) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> program = new java.util.ArrayList<>(
                List.of("-cp", classPath.lines().findFirst().orElse(File.pathSeparator)));
        program.add(FakeService.class.getName());
        program.addAll(List.of(arguments));
        return new Service(name, portOffset, Optional.empty(), program);
    }
}
