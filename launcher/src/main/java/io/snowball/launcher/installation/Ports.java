package io.snowball.launcher.installation;

import io.snowball.launcher.machine.TcpPorts;

/** Where everything listens; {@code first} is the gateway's, the other services follow it. */
public record Ports(int first, int mailbox, int smtp, int database) {
    private static final int SERVICES = 5;

    public static Ports standard() {
        return new Ports(8080, 8025, 2525, 54329);
    }

    /** Everything in a row from {@code first} on, so that a second installation runs beside the standard one. */
    public static Ports from(int first) {
        return new Ports(first, first + SERVICES, first + SERVICES + 1, first + SERVICES + 2);
    }

    /** For tests: somewhere where nothing is. */
    public static Ports free() {
        return from(TcpPorts.freeRow(SERVICES + 3));
    }

    int of(Service service) {
        return first + service.portOffset();
    }
}
