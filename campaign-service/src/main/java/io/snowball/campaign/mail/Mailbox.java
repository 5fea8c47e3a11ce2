package io.snowball.campaign.mail;

import java.net.IDN;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address with an optional name. The address is kept as it goes on the wire: the domain in its ASCII form (почта.рф becomes
 * xn--80a1acny.xn--p1ai); a local part beyond ASCII is refused, few servers take one.
 */
public record Mailbox(String address, Optional<String> name) {
    public Mailbox {
        address = toWire(address);
        name = name.filter(n -> !n.isBlank());
    }

    public static Mailbox of(String address) {
        return new Mailbox(address, Optional.empty());
    }

    public static Mailbox of(String address, @Nullable String name) {
        return new Mailbox(address, Optional.ofNullable(name));
    }

    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static String toWire(String address) {
        int at = address.lastIndexOf('@');
        boolean usable = at > 0 && at < address.length() - 1 && isLocalPart(address, at);
        if (!usable) {
            throw new MailException("The address is no e-mail address that can be written to: check it.");
        }
        try {
            String domain = IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
            return address.substring(0, at + 1) + domain;
        } catch (IllegalArgumentException e) {
            // Without the cause: it quotes the domain.
            throw new MailException("The domain of the address is no domain name: check it.");
        }
    }

    private static boolean isLocalPart(String address, int end) {
        for (int i = 0; i < end; i++) {
            char c = address.charAt(i);
            if (c <= ' ' || c >= 127 || "<>()[]\\,;:\"@".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Personal data: not even by accident in a log. */
    @Override
    public String toString() {
        return "Mailbox[…]";
    }
}
