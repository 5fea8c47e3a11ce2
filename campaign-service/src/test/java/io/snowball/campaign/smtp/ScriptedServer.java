package io.snowball.campaign.smtp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that does what a script says, and may be as nasty as it likes. The first connection gets the first script, and so on; the
 * last one serves all further connections.
 */
final class ScriptedServer implements AutoCloseable {
    interface Script {
        void talk(Conversation with) throws IOException;
    }

    private final ServerSocket listener;
    private final Script[] scripts;
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /** Messages whose end arrived: what a server may have delivered. */
    final List<String> complete = new CopyOnWriteArrayList<>();

    final List<String> commands = new CopyOnWriteArrayList<>();

    ScriptedServer(Script... scripts) {
        this.scripts = scripts;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                int number = connections.getAndIncrement();
                Script script = scripts[Math.min(number, scripts.length - 1)];
                Thread.ofVirtual().start(() -> serve(socket, script));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            script.talk(new Conversation(socket));
        } catch (IOException _) {
            // the client went away, as it may
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Takes every message. */
    static void friendly(Conversation with) throws IOException {
        with.hello("PIPELINING", "8BITMIME");
        with.takeAll();
    }

    /** The end of the script: the client has gone. */
    static final class Gone extends IOException {}

    final class Conversation {
        private Socket socket;
        private InputStream in;
        private OutputStream out;

        private Conversation(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream(), 65536);
            out = socket.getOutputStream();
        }

        void say(String reply) throws IOException {
            out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void sayByteByByte(String reply) throws IOException {
            for (byte b : (reply + "\r\n").getBytes(StandardCharsets.UTF_8)) {
                out.write(b);
                out.flush();
            }
        }

        String hear() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new Gone();
                }
                line.append((char) b);
            }
            String command = line.toString().strip();
            commands.add(command);
            return command;
        }

        /** What the client sent beyond the line just read, without waiting. */
        boolean hasMore() throws IOException {
            return in.available() > 0;
        }

        void hello(String... extensions) throws IOException {
            say("220 nasty ESMTP");
            helloAgain(extensions);
        }

        void helloAgain(String... extensions) throws IOException {
            hear();
            List<String> lines = new ArrayList<>(List.of("nasty"));
            lines.addAll(List.of(extensions));
            for (int i = 0; i < lines.size(); i++) {
                say("250" + (i + 1 < lines.size() ? "-" : " ") + lines.get(i));
            }
        }

        /** Answers MAIL, RCPT, DATA and the end by these; the end only where DATA's answer was 354. */
        void transact(String mail, String rcpt, String data, String end) throws IOException {
            answer(mail);
            answer(rcpt);
            answer(data);
            if (data.startsWith("354")) {
                hearMessage();
                say(end);
            }
        }

        void answer(String reply) throws IOException {
            hear();
            say(reply);
        }

        /** Reads up to the end; doubled dots are undone. */
        String hearMessage() throws IOException {
            StringBuilder message = new StringBuilder();
            while (true) {
                StringBuilder line = new StringBuilder();
                for (int b = in.read(); ; b = in.read()) {
                    if (b < 0) {
                        throw new Gone();
                    }
                    line.append((char) b);
                    if (b == '\n' && line.toString().endsWith("\r\n")) {
                        break;
                    }
                }
                if (line.toString().equals(".\r\n")) {
                    complete.add(message.toString());
                    return message.toString();
                }
                message.append(line.charAt(0) == '.' ? line.substring(1) : line.toString());
            }
        }

        void takeAll() throws IOException {
            while (true) {
                String command = hear();
                switch (command.split(" ", -1)[0]) {
                    case "DATA" -> {
                        say("354 go on");
                        hearMessage();
                        say("250 2.0.0 Ok: queued as 4X");
                    }
                    case "QUIT" -> {
                        say("221 bye");
                        return;
                    }
                    default -> say("250 2.1.0 Ok");
                }
            }
        }

        void skip(int bytes) throws IOException {
            in.readNBytes(bytes);
        }

        /** Closes with RST: what is under way is thrown away. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        void waitForever() throws IOException {
            while (in.read() >= 0) {
                // says nothing
            }
        }

        void startTls(SSLContext context) throws IOException {
            SSLSocket tls = (SSLSocket) context.getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            socket = tls;
            in = new BufferedInputStream(tls.getInputStream());
            out = tls.getOutputStream();
        }
    }
}
