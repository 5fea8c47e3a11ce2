package io.snowball.launcher.installation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How to start.
 *
 * @param host where the gateway and the mailbox page listen; everything else stays on 127.0.0.1
 * @param publicUrl the address that customers see in links; empty: the gateway's own
 * @param heap the largest heap of each service, as the JVM takes it
 * @param patience how long a service may take until it is ready
 * @param more what all services are told besides, by name of the environment; stronger than what the launcher would say
 */
public record Settings(
        Ports ports,
        String host,
        Optional<String> publicUrl,
        String heap,
        Duration patience,
        Map<String, String> more) {
    public static Settings standard() {
        return new Settings(Ports.standard(), "127.0.0.1", Optional.empty(), "288m", Duration.ofMinutes(3), Map.of());
    }

    public Settings withPorts(Ports other) {
        return new Settings(other, host, publicUrl, heap, patience, more);
    }

    public Settings withHost(String other) {
        return new Settings(ports, other, publicUrl, heap, patience, more);
    }

    public Settings withPublicUrl(String other) {
        return new Settings(ports, host, Optional.of(other), heap, patience, more);
    }

    public Settings withHeap(String other) {
        return new Settings(ports, host, publicUrl, other, patience, more);
    }

    public Settings withPatience(Duration other) {
        return new Settings(ports, host, publicUrl, heap, other, more);
    }

    public Settings with(Map<String, String> other) {
        return new Settings(ports, host, publicUrl, heap, patience, Map.copyOf(other));
    }
}
