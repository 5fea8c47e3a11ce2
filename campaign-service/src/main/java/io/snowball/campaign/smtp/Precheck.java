package io.snowball.campaign.smtp;

import org.jspecify.annotations.Nullable;

/** What can be refused without asking the server. A refusal here is for good. */
final class Precheck {
    private static final int ADDRESS_MAX = 254;

    private Precheck() {}

    /** The reason why this message must not be offered, or null. */
    static @Nullable String fault(Envelope envelope, WireMessage wire, Capabilities server) {
        if (!envelope.from().isEmpty() && !isAddress(envelope.from())) {
            return "The return path is no e-mail address in ASCII.";
        }
        if (!isAddress(envelope.to())) {
            return "The recipient is no e-mail address in ASCII.";
        }
        String fault = wire.fault();
        if (fault != null) {
            return fault;
        }
        if (wire.eightBit() && !server.eightBitMime()) {
            return "The mail server takes no 8-bit messages: build them as quoted-printable.";
        }
        if (server.sizeMax() > 0 && wire.size() > server.sizeMax()) {
            return "The message has " + wire.size() + " bytes, the mail server takes " + server.sizeMax() + " at most.";
        }
        return null;
    }

    /** Nothing that could end the command or the address: the rest is for the server to judge. */
    private static boolean isAddress(String address) {
        int at = address.lastIndexOf('@');
        return at > 0 && at < address.length() - 1 && address.length() <= ADDRESS_MAX && isPrintable(address);
    }

    private static boolean isPrintable(String address) {
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c <= ' ' || c >= 127 || c == '<' || c == '>') {
                return false;
            }
        }
        return true;
    }
}
