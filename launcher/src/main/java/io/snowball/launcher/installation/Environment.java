package io.snowball.launcher.installation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a service is told by its environment: docs/architecture.md, "Ports and settings". */
record Environment(Settings settings, Secrets secrets, List<Service> services) {
    static final String ADMIN_LOGIN = "admin";

    static String databasePassword(Secrets secrets, String service) {
        return secrets.password("database." + service);
    }

    Map<String, String> of(Service service) {
        Map<String, String> env = new TreeMap<>();
        env.put("QUARKUS_HTTP_PORT", Integer.toString(settings.ports().of(service)));
        // Everything but the door stays on this machine, and so does the door unless told otherwise.
        env.put("QUARKUS_HTTP_HOST", isDoor(service) ? settings.host() : "127.0.0.1");
        env.put("SNOWBALL_DB_HOST", "127.0.0.1");
        env.put("SNOWBALL_DB_PORT", Integer.toString(settings.ports().database()));
        env.put("SNOWBALL_DB_NAME", service.name());
        env.put("SNOWBALL_DB_USER", service.name());
        env.put("SNOWBALL_DB_PASSWORD", databasePassword(secrets, service.name()));
        env.put("SNOWBALL_INTERNAL_KEY", internalKey(secrets));
        env.put("SNOWBALL_PUBLIC_URL", publicUrl());
        for (Service peer : services) {
            env.put(
                    "SNOWBALL_PEERS_" + peer.name().toUpperCase(Locale.ROOT),
                    "http://127.0.0.1:" + settings.ports().of(peer));
        }
        // Our own mailbox: a demonstration never writes to people.
        env.put("CAMPAIGN_SMTP_HOST", "127.0.0.1");
        env.put("CAMPAIGN_SMTP_PORT", Integer.toString(settings.ports().smtp()));
        if (!service.databaseOwner().equals(service.name())) {
            String prefix = service.name().toUpperCase(Locale.ROOT);
            env.put(prefix + "_OWNER_USER", service.databaseOwner());
            env.put(prefix + "_OWNER_PASSWORD", databasePassword(secrets, service.databaseOwner()));
        }
        if (isDoor(service)) {
            env.put("GATEWAY_ADMIN_LOGIN", ADMIN_LOGIN);
            env.put("GATEWAY_ADMIN_PASSWORD", adminPassword(secrets));
        }
        // Two pools for all threads: glibc would give nearly each its own, and keep what was freed.
        env.put("MALLOC_ARENA_MAX", "2");
        env.putAll(settings.more());
        return env;
    }

    String publicUrl() {
        return settings.publicUrl()
                .orElse("http://localhost:" + settings.ports().first());
    }

    static String internalKey(Secrets secrets) {
        return secrets.key("internal.key");
    }

    static String adminPassword(Secrets secrets) {
        return secrets.password("admin.password");
    }

    private static boolean isDoor(Service service) {
        return service.portOffset() == 0;
    }
}
