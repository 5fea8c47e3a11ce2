package io.snowball.segmentation;

import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The parameters of a statement that is put together from fixed parts. A value goes in and its placeholder, with the type, comes
 * out: no value ever becomes part of the text.
 */
public final class Binds {
    private final List<Object> values = new ArrayList<>();

    public String bind(UUID value) {
        return add(value, "uuid");
    }

    public String bind(UUID[] value) {
        return add(value, "uuid[]");
    }

    public String bind(Instant value) {
        return add(value.atOffset(ZoneOffset.UTC), "timestamptz");
    }

    public String bind(long value) {
        return add(value, "bigint");
    }

    public String bind(String[] value) {
        return add(value, "text[]");
    }

    private String add(Object value, String type) {
        values.add(value);
        return "$" + values.size() + "::" + type;
    }

    public Tuple tuple() {
        return Params.of(values.toArray());
    }
}
