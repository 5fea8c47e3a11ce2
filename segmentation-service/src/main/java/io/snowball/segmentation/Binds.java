package io.snowball.segmentation;

import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a statement that is put together from fixed parts. A value goes in and its placeholder, with the type, comes
 * out: no value ever becomes part of the text.
 */
public final class Binds {
    private final List<@Nullable Object> values = new ArrayList<>();

    public String bind(UUID value) {
        return add(value, "uuid");
    }

    public String bindOptional(@Nullable UUID value) {
        return add(value, "uuid");
    }

    public String bindOptional(@Nullable String value) {
        return add(value, "text");
    }

    public String bind(UUID[] value) {
        return add(value, "uuid[]");
    }

    public String bind(Instant value) {
        return add(value.atOffset(ZoneOffset.UTC), "timestamptz");
    }

    public String bind(List<Instant> value) {
        return add(
                value.stream().map(at -> at.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new), "timestamptz[]");
    }

    public String bind(long value) {
        return add(value, "bigint");
    }

    public String bind(BigDecimal value) {
        return add(value, "numeric");
    }

    public String bind(long[] value) {
        return add(Arrays.stream(value).boxed().toArray(Long[]::new), "bigint[]");
    }

    public String bind(double value) {
        return add(value, "double precision");
    }

    public String bind(double[] value) {
        return add(Arrays.stream(value).boxed().toArray(Double[]::new), "double precision[]");
    }

    public String bind(String value) {
        return add(value, "text");
    }

    public String bind(String[] value) {
        return add(value, "text[]");
    }

    private String add(@Nullable Object value, String type) {
        values.add(value);
        return "$" + values.size() + "::" + type;
    }

    public Tuple tuple() {
        return Params.of(values.toArray());
    }
}
