package io.snowball.campaign.smtp;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts replies out of what arrives, however it is split. Lines may end in LF alone; some servers do. */
final class ReplyParser {
    /** RFC 5321 says 512; real servers go beyond it, but not without end. */
    private static final int LINE_MAX = 4096;

    private static final int LINES_MAX = 200;

    private byte[] line = new byte[LINE_MAX];
    private int length;
    private List<String> texts = new ArrayList<>(1);
    private int code;

    private @Nullable Buffer input;
    private int position;

    void feed(Buffer data) {
        input = data;
        position = 0;
    }

    /** Bytes of the last input that no reply has taken yet, or an unfinished line. */
    boolean hasRest() {
        return length > 0 || !texts.isEmpty() || (input != null && position < input.length());
    }

    /** The next whole reply, or null where more input is needed. */
    @Nullable
    Reply next() throws ProtocolException {
        Buffer data = input;
        if (data == null) {
            return null;
        }
        while (position < data.length()) {
            byte b = data.getByte(position++);
            if (b != '\n') {
                append(b);
                continue;
            }
            Reply reply = endOfLine();
            if (reply != null) {
                return reply;
            }
        }
        input = null;
        return null;
    }

    private void append(byte b) throws ProtocolException {
        if (length == LINE_MAX) {
            throw new ProtocolException("The server sent a reply line of more than " + LINE_MAX + " bytes.");
        }
        line[length++] = b;
    }

    private @Nullable Reply endOfLine() throws ProtocolException {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        length = 0;
        if (end < 3 || !digits()) {
            throw new ProtocolException("The server sent a line that is no SMTP reply.");
        }
        int lineCode = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        boolean more = end > 3 && line[3] == '-';
        if (!more && end > 3 && line[3] != ' ') {
            throw new ProtocolException("The server sent a line that is no SMTP reply.");
        }
        if ((!texts.isEmpty() && lineCode != code) || texts.size() == LINES_MAX) {
            throw new ProtocolException("The server sent a reply of several lines that don't belong together.");
        }
        code = lineCode;
        texts.add(end > 4 ? new String(line, 4, end - 4, StandardCharsets.UTF_8) : "");
        if (more) {
            return null;
        }
        Reply reply = new Reply(code, texts);
        texts = new ArrayList<>(1);
        return reply;
    }

    private boolean digits() {
        return line[0] >= '2' && line[0] <= '5' && isDigit(line[1]) && isDigit(line[2]);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** The server doesn't speak SMTP as we know it; the connection is of no more use. */
    static final class ProtocolException extends Exception {
        ProtocolException(String message) {
            super(message);
        }
    }
}
