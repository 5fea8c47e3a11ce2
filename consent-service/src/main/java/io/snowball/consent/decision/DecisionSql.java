package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.Standing;
import io.snowball.consent.document.ConsentType;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class DecisionSql {
    // In a file of its own because ./snowball bench decision measures it.
    private static final String DECIDE = read("/sql/decision/decide.sql");

    // For a list of one PostgreSQL would plan anew each time, which takes longer than the answer.
    static final String DECIDE_ONE = DECIDE.replace("= any($1)", "= $1");

    /* language=PostgreSQL */
    private static final String STOPPED_ADDRESSES = """
            select encode(address_hash, 'hex') as address_hash, reason, added_at
            from contact_stop
            where address_hash = any(select decode(h, 'hex') from unnest($1::text[]) as h)
              and lifted_at is null
              and channel in ($2, 'ANY')
            """;

    /* language=PostgreSQL */
    private static final String ADDRESSES = """
            select customer_id, encode(identifier_hash, 'hex') as identifier_hash
            from consent_state
            where customer_id = any($1::uuid[])
              and purpose = $2
              and channel = $3
              and type = 'ADVERTISING'
              and identifier_hash is not null
            """;

    private final Pool pool;

    DecisionSql(Pool pool) {
        this.pool = pool;
    }

    /** What is asked about. */
    record Question(List<UUID> customerIds, String purpose, Channel channel, Instant at) {}

    /** @param ofCustomers only of those about whom anything is known */
    record Answer(Map<UUID, Facts> ofCustomers, ChannelVerdict advertising, ChannelVerdict all) {}

    Uni<Answer> facts(Question question) {
        boolean one = question.customerIds().size() == 1;
        return pool.preparedQuery(one ? DECIDE_ONE : DECIDE)
                .execute(Params.of(
                        one
                                ? question.customerIds().getFirst()
                                : question.customerIds().toArray(UUID[]::new),
                        question.purpose(),
                        question.channel().name(),
                        types(question.channel()),
                        question.at().atOffset(ZoneOffset.UTC),
                        categories(question.channel())))
                .map(rows -> {
                    Map<UUID, Facts> facts =
                            HashMap.newHashMap(question.customerIds().size());
                    ChannelVerdict advertising = ChannelVerdict.PERMITTED;
                    ChannelVerdict all = ChannelVerdict.PERMITTED;
                    for (Row row : rows) {
                        String kind = row.getString(1);
                        UUID customerId = row.getUUID(0);
                        if (customerId != null) {
                            put(facts.computeIfAbsent(customerId, _ -> new Facts()), kind, row);
                        } else if (kind.equals("ALL")) {
                            all = ChannelVerdict.valueOf(row.getString(2));
                        } else {
                            advertising = ChannelVerdict.valueOf(row.getString(2));
                        }
                    }
                    return new Answer(facts, advertising, all);
                });
    }

    /** The stops of addresses, by hash. */
    Uni<Map<String, List<Facts.Stop>>> stops(List<String> hashes, Channel channel) {
        return pool.preparedQuery(STOPPED_ADDRESSES)
                .execute(Params.of(hashes.toArray(String[]::new), channel.name()))
                .map(rows -> {
                    Map<String, List<Facts.Stop>> stops = new HashMap<>();
                    rows.forEach(row -> stops.computeIfAbsent(
                                    row.getString("address_hash"), _ -> new java.util.ArrayList<>())
                            .add(stop(
                                    row.getString("reason"),
                                    row.getOffsetDateTime("added_at").toInstant())));
                    return stops;
                });
    }

    /** For which address a consent was given, by hash; only where that is known. */
    Uni<Map<UUID, String>> addresses(Question question) {
        return pool.preparedQuery(ADDRESSES)
                .execute(Params.of(
                        question.customerIds().toArray(UUID[]::new),
                        question.purpose(),
                        question.channel().name()))
                .map(rows -> {
                    Map<UUID, String> addresses = new HashMap<>();
                    rows.forEach(row -> addresses.put(row.getUUID("customer_id"), row.getString("identifier_hash")));
                    return addresses;
                });
    }

    private static void put(Facts facts, String kind, Row row) {
        Instant since = row.getOffsetDateTime(4).toInstant();
        switch (kind) {
            case "MERGED" -> facts.merged();
            case "STOP" -> facts.stop(stop(row.getString(2), since));
            case "ADVERTISING" -> facts.advertising(consent(row, since));
            case "ADVERTISING_ANYWHERE" -> facts.advertisingAnywhere(consent(row, since));
            default -> {
                Facts.Consent consent = consent(row, since);
                if (consent.legacy() != Facts.Legacy.COUNTS) {
                    facts.ended(consent);
                }
            }
        }
    }

    private static Facts.Consent consent(Row row, Instant since) {
        String value = row.getString(2);
        Facts.Legacy legacy = switch (value) {
            case "LEGACY_COUNTS" -> Facts.Legacy.COUNTS;
            case "LEGACY" -> Facts.Legacy.DOES_NOT_COUNT;
            default -> Facts.Legacy.NO;
        };
        Standing standing = legacy == Facts.Legacy.NO ? Standing.valueOf(value) : Standing.GIVEN;
        return new Facts.Consent(standing, Objects.requireNonNull(row.getUUID(3)), since, legacy);
    }

    private static Facts.Stop stop(String reason, Instant since) {
        return new Facts.Stop(StopReason.valueOf(reason), since);
    }

    /** 126-FZ wants a consent of its own for mailings to a number; where there was one, it must stand. */
    private static String[] types(Channel channel) {
        ConsentType ofNumber = switch (channel) {
            case SMS -> ConsentType.SMS_44_1;
            case CALL -> ConsentType.MASS_CALL_44_1_1;
            case EMAIL, PUSH, WEB_PUSH, TELEGRAM, VK, MAX, WHATSAPP, VIBER, POST, ANY -> null;
        };
        return names(ConsentType.ADVERTISING, ConsentType.PD_PROCESSING, ofNumber);
    }

    /** The data that a message over the channel uses. */
    private static String[] categories(Channel channel) {
        return switch (channel) {
            case SMS, CALL, WHATSAPP, VIBER -> new String[] {"*", channel.name(), "PHONE"};
            case EMAIL, PUSH, WEB_PUSH, TELEGRAM, VK, MAX, POST, ANY -> new String[] {"*", channel.name()};
        };
    }

    private static String[] names(@Nullable ConsentType... types) {
        return java.util.Arrays.stream(types)
                .filter(Objects::nonNull)
                .map(Enum::name)
                .toArray(String[]::new);
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(DecisionSql.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
