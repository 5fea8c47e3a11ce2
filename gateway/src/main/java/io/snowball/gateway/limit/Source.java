package io.snowball.gateway.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a request comes from, as it is counted. */
public final class Source {
    private static final int NETWORK_BYTES = 8;

    private Source() {}

    /** The address; of IPv6 the network, since whoever has one address of it has 2^64. Empty where there is none. */
    public static String of(@Nullable String address) {
        try {
            InetAddress parsed = address == null ? null : InetAddress.ofLiteral(address);
            return switch (parsed) {
                case null -> "";
                case Inet6Address six -> HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES));
                default -> parsed.getHostAddress();
            };
        } catch (IllegalArgumentException _) {
            return String.valueOf(address);
        }
    }
}
