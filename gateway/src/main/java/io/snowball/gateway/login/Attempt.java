package io.snowball.gateway.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody says who it is.
 *
 * @param source where from; of IPv6 the network, since whoever has one address of it has 2^64
 */
record Attempt(String login, String source) {
    private static final int NETWORK_BYTES = 8;

    static Attempt of(String typedLogin, @Nullable String address) {
        return new Attempt(typedLogin.toLowerCase(Locale.ROOT), address == null ? "" : network(address));
    }

    private static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
