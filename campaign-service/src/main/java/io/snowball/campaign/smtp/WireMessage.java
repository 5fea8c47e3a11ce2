package io.snowball.campaign.smtp;

import io.vertx.core.buffer.Buffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes on the wire: dots doubled at line starts (RFC 5321, 4.5.2) and the end written behind it. One pass also finds
 * what must not go out: a lone CR or LF (servers disagree where such a message ends, which lets one smuggle a second in) and
 * lines of more than 998 bytes.
 */
final class WireMessage {
    private static final int LINE_MAX = 998;
    private static final byte[] END = {'.', '\r', '\n'};
    private static final byte[] CRLF_END = {'\r', '\n', '.', '\r', '\n'};

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = 0x8080_8080_8080_8080L;
    private static final long BEHIND_DOT = (0x80 - ('.' + 1)) * EACH;

    private final byte[] message;
    private final boolean eightBit;
    private final int dots;
    private final @Nullable String fault;

    private WireMessage(byte[] message, boolean eightBit, int dots, @Nullable String fault) {
        this.message = message;
        this.eightBit = eightBit;
        this.dots = dots;
        this.fault = fault;
    }

    static WireMessage of(byte[] message) {
        boolean eightBit = false;
        int dots = 0;
        int lineStart = 0;
        for (int i = afterPlain(message, 0); i < message.length; i = afterPlain(message, i + 1)) {
            byte b = message[i];
            if (b < 0) {
                eightBit = true;
            } else if (b == '.' && i == lineStart) {
                dots++;
            } else if (b == '\r') {
                if (i + 1 == message.length || message[i + 1] != '\n') {
                    return faulty(message, "The message has a CR without LF: its lines must end in CRLF.");
                }
                if (i - lineStart > LINE_MAX) {
                    return faulty(message, "The message has a line of more than 998 bytes: encode that part.");
                }
                i++;
                lineStart = i + 1;
            } else if (b == '\n') {
                return faulty(message, "The message has an LF without CR: its lines must end in CRLF.");
            } else if (b == 0) {
                return faulty(message, "The message has a zero byte: encode that part.");
            }
        }
        if (message.length - lineStart > LINE_MAX) {
            return faulty(message, "The message has a line of more than 998 bytes: encode that part.");
        }
        return new WireMessage(message, eightBit, dots, null);
    }

    /** The next byte that has to be looked at: nearly all are ASCII behind the dot, so eight are passed over at a time. */
    private static int afterPlain(byte[] message, int from) {
        int i = from;
        while (i <= message.length - Long.BYTES && arePlain((long) EIGHT_BYTES.get(message, i))) {
            i += Long.BYTES;
        }
        while (i < message.length && message[i] > '.') {
            i++;
        }
        return i;
    }

    /** Whether no byte has its highest bit set before, and each has it after, what it lacks to be behind the dot is added. */
    private static boolean arePlain(long eight) {
        return (eight & HIGHEST) == 0 && ((eight + BEHIND_DOT) & HIGHEST) == HIGHEST;
    }

    private static WireMessage faulty(byte[] message, String fault) {
        return new WireMessage(message, false, 0, fault);
    }

    @Nullable
    String fault() {
        return fault;
    }

    boolean eightBit() {
        return eightBit;
    }

    /** For SIZE (RFC 1870): without the doubled dots and the end. */
    int size() {
        return message.length;
    }

    /** Everything up to and with the end of the message: until its last byte is out, the server can't have taken it. */
    Buffer toBuffer() {
        Buffer buffer = Buffer.buffer(message.length + dots + CRLF_END.length);
        int from = 0;
        if (dots > 0) {
            int lineStart = 0;
            for (int i = 0; i < message.length; i++) {
                if (message[i] == '.' && i == lineStart) {
                    buffer.appendBytes(message, from, i - from).appendByte((byte) '.');
                    from = i;
                } else if (message[i] == '\n') {
                    lineStart = i + 1;
                }
            }
        }
        buffer.appendBytes(message, from, message.length - from);
        boolean complete = message.length == 0 || message[message.length - 1] == '\n';
        return buffer.appendBytes(complete ? END : CRLF_END);
    }
}
