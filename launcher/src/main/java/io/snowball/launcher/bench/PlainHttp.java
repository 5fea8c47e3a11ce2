package io.snowball.launcher.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that is kept, one request after the other. For measurements: beside it the door and what is behind it have the
 * processors to themselves, where the JDK's client takes as much as they do.
 */
final class PlainHttp implements Closeable {
    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String headers;

    PlainHttp(URI server, String token) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
        this.headers = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json\r\n";
    }

    record Answer(int status, String text) {}

    Answer get(String path) throws IOException {
        out.write(("GET " + path + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    Answer post(String path, byte[] json) throws IOException {
        String head = "POST " + path + headers + "Content-Type: application/json\r\nContent-Length: " + json.length
                + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(json);
        return answer();
    }

    private Answer answer() throws IOException {
        String status = line();
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (chunked) {
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.write(bytes(size));
                line();
            }
            line();
        } else {
            body.write(bytes(length));
        }
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), body.toString(StandardCharsets.UTF_8));
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("The answer was cut off");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        int octet = in.read();
        while (octet != '\n') {
            if (octet < 0) {
                throw new EOFException("The connection was closed");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
            octet = in.read();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
