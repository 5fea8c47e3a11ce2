package io.snowball.gateway;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Announces a body, sends its first byte, and takes its time. */
public final class SlowCaller {
    private SlowCaller() {}

    /** @param start method and path */
    public static Socket begin(String start, int length, String... headers) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        String head = start + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n" + String.join("", headers) + "\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** All that comes until the door hangs up. */
    public static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
