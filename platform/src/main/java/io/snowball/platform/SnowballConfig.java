package io.snowball.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Locale;
import java.util.Map;

/** The settings that all services share. A property under {@code snowball.} that is not here is refused at start. */
@ConfigMapping(prefix = "snowball")
public interface SnowballConfig {
    /** The service's short name: its database, its role there and its contract are called so. */
    String service();

    /** Known to the services only; signs their tokens and the links that customers get. */
    String internalKey();

    /** Where customers reach the gateway; the links in messages begin with it. */
    String publicUrl();

    /** {@code SNOWBALL_PEERS_CONSENT=http://consent:8080} */
    Map<String, String> peers();

    Db db();

    Feed feed();

    Access access();

    interface Db {
        String host();

        int port();

        String name();

        String user();

        String password();

        /** How many characters a statement may have to stay prepared on its connection. */
        @WithDefault("2048")
        int preparedStatementLength();
    }

    interface Feed {
        /** Off only in tests that apply events by hand. */
        @WithDefault("true")
        boolean enabled();
    }

    interface Access {
        /** Off only in tests that have no consent-service: records then wait. */
        @WithDefault("true")
        boolean relay();
    }

    default String peer(String sibling) {
        String url = peers().get(sibling);
        if (url == null) {
            throw new IllegalStateException("Set SNOWBALL_PEERS_" + sibling.toUpperCase(Locale.ROOT));
        }
        return url;
    }
}
