package io.snowball.launcher.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Which ports are free on this machine. */
public final class TcpPorts {
    private static final int CONNECT_MILLIS = 300;

    private TcpPorts() {}

    public static void requireFree(int port, String usedBy, String advice) {
        if (!isFree(port)) {
            throw new Trouble("Port " + port + " (" + usedBy + ") is taken by another program. Stop that program, or "
                    + advice + ".");
        }
    }

    public static boolean isFree(int port) {
        // Binding alone isn't proof: macOS lets 127.0.0.1 be bound beside a wildcard listener, and a program that
        // listens on
        // ::1 only would still catch a browser that was sent to localhost.
        return !answers("127.0.0.1", port) && !answers("::1", port) && canBind(port);
    }

    /** The first of {@code count} free ports in a row, below the range from which systems hand out ports by themselves. */
    public static int freeRow(int count) {
        for (int attempt = 0; attempt < 200; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(15_000, 32_000 - count);
            if (IntStream.range(first, first + count).allMatch(TcpPorts::isFree)) {
                return first;
            }
        }
        throw new Trouble("No " + count
                + " free ports in a row were found. Stop some programs that listen, or give --port-base.");
    }

    private static boolean answers(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(host), port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobodyThere) {
            return false;
        }
    }

    private static boolean canBind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port whose last connections still linger in TIME_WAIT is free for our purpose.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
