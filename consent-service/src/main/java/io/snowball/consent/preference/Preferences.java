package io.snowball.consent.preference;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.Choices;
import io.snowball.consent.consent.Choices.Choice;
import io.snowball.consent.consent.Choices.Visit;
import io.snowball.consent.consent.Withdrawals;
import io.snowball.consent.document.AdvertisingTexts;
import io.snowball.consent.document.AdvertisingTexts.AdvertisingText;
import io.snowball.consent.person.MergedCustomers;
import io.snowball.consent.preference.Preference.Box;
import io.snowball.consent.preference.Preference.Shown;
import io.snowball.consent.unsubscribe.PreferenceLink;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person may choose, and choosing it. */
@ApplicationScoped
class Preferences {
    /** What everybody is offered; more where something was once said about it. */
    private static final Set<Channel> OFFERED = EnumSet.of(Channel.EMAIL, Channel.SMS, Channel.PUSH);

    private static final String PAGE = "preference-centre";

    // What was asked for inside another document and does not count is an empty box: to tick it is the consent that is
    // missing.
    /* language=PostgreSQL */
    private static final String STATES = """
            select s.purpose, p.title, s.channel,
              case when s.legacy_bundled and s.state = 'GIVEN'
                  and not (select r.counts from legacy_consent_rule r order by r.changed_at desc limit 1)
                then 'LEGACY' else s.state end as state
            from consent_state s
            join purpose p on p.code = s.purpose
            where s.customer_id = $1 and s.type = 'ADVERTISING'
            order by s.purpose, s.channel
            limit 1000
            """;

    private final Pool pool;
    private final AdvertisingTexts texts;
    private final Choices choices;
    private final Withdrawals withdrawals;
    private final MergedCustomers merged;
    private final Clock clock;

    Preferences(
            Pool pool,
            AdvertisingTexts texts,
            Choices choices,
            Withdrawals withdrawals,
            MergedCustomers merged,
            Clock clock) {
        this.merged = merged;
        this.pool = pool;
        this.texts = texts;
        this.choices = choices;
        this.withdrawals = withdrawals;
        this.clock = clock;
    }

    private record State(String purpose, String title, Channel channel, String state) {
        boolean isOpen() {
            return state.equals("GIVEN") || isPending();
        }

        boolean isPending() {
            return state.equals("PENDING_CONFIRMATION");
        }
    }

    /** @param ip and the rest: of whoever pressed the button */
    record Visitor(
            PreferenceLink link,
            @Nullable String ip,
            @Nullable String userAgent) {
        Visit visit() {
            return new Visit(link.customerId(), PAGE, link.channel(), ip, userAgent);
        }
    }

    Uni<List<Preference>> of(UUID customerId, String language) {
        Instant now = clock.instant();
        return pool.withConnection(connection -> texts.current(connection, now, language)
                .chain(current -> merged.current(connection, customerId)
                        .chain(id -> states(connection, id))
                        .map(states -> preferences(current, states))));
    }

    /**
     * Only what the person changed, and by the words that were shown.
     *
     * @return the records made
     */
    Uni<List<UUID>> save(Visitor visitor, List<Shown> shown, Collection<String> ticked) {
        List<Choice> changed = shown.stream()
                .map(box -> choice(box, ticked.contains(box.key())))
                .flatMap(Optional::stream)
                .toList();
        return pool.withTransaction(tx -> choices.record(tx, visitor.visit(), changed));
    }

    Uni<List<UUID>> withdrawEverything(Visitor visitor) {
        return pool.withTransaction(tx -> withdrawals.withdrawEverything(
                tx, visitor.link().customerId(), PAGE, visitor.ip(), visitor.userAgent()));
    }

    private static Optional<Choice> choice(Shown box, boolean ticked) {
        if (ticked == box.ticked()) {
            return Optional.empty();
        }
        if (!ticked) {
            return Optional.of(new Choice(box.purpose(), box.channel(), null));
        }
        return Optional.ofNullable(box.version()).map(version -> new Choice(box.purpose(), box.channel(), version));
    }

    private static Uni<List<State>> states(SqlClient client, UUID customerId) {
        return client.preparedQuery(STATES)
                .execute(Params.of(customerId))
                .map(rows -> Rows.list(
                        rows,
                        row -> new State(
                                row.getString("purpose"),
                                row.getString("title"),
                                Channel.valueOf(row.getString("channel")),
                                row.getString("state"))));
    }

    private static List<Preference> preferences(List<AdvertisingText> texts, List<State> states) {
        Map<String, Preference> byPurpose = new TreeMap<>();
        for (AdvertisingText text : texts) {
            byPurpose.put(
                    text.purpose(),
                    new Preference(text.purpose(), text.title(), text.text(), text.version(), new ArrayList<>()));
        }
        // A consent whose text is gone can still be withdrawn.
        states.stream()
                .filter(State::isOpen)
                .forEach(state -> byPurpose.putIfAbsent(
                        state.purpose(),
                        new Preference(state.purpose(), state.title(), null, null, new ArrayList<>())));
        byPurpose.values().forEach(preference -> addBoxes(preference, states));
        return List.copyOf(byPurpose.values());
    }

    private static void addBoxes(Preference preference, List<State> states) {
        Map<Channel, State> said = new TreeMap<>();
        states.stream()
                .filter(state -> state.purpose().equals(preference.purpose()) && state.channel() != Channel.ANY)
                .forEach(state -> said.put(state.channel(), state));
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        channels.addAll(said.keySet());
        if (preference.version() != null) {
            channels.addAll(OFFERED);
        }
        for (Channel channel : channels) {
            Optional<State> open = Optional.ofNullable(said.get(channel)).filter(State::isOpen);
            if (open.isPresent() || preference.version() != null) {
                boolean pending = open.filter(State::isPending).isPresent();
                preference.boxes().add(new Box(preference, channel, open.isPresent(), pending));
            }
        }
    }
}
