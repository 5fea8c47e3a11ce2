package io.snowball.consent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.consent.document.ConsentType;
import io.snowball.consent.person.MergedCustomers.Merge;
import io.snowball.platform.id.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Of two customers who are one the stricter word counts, whatever either has said and in whatever order. */
class MergeStatementsPropertyTest {
    private static final UUID STAYS = new UUID(0, 1);
    private static final UUID MERGED = new UUID(0, 2);
    private static final Instant DAWN = Instant.parse("2026-01-01T00:00:00Z");
    private static final SignedText TEXT = new SignedText(new UUID(0, 3), 1, "00");

    /** One customer's statement of a history; the hour may be earlier than that of one before it: letters come late. */
    record Said(int key, ConsentAction action, int hour, boolean awaits, boolean once) {}

    /** What both have at a moment, with the ledger's own rules. */
    private static final class Ledgers {
        private final List<ConsentEvent> events = new ArrayList<>();
        private final Map<UUID, Chains.Head> heads = new HashMap<>(Map.of(
                STAYS, new Chains.Head(STAYS, 0, null),
                MERGED, new Chains.Head(MERGED, 0, null)));
        private States states = new States(List.of());
        private int hour = 100;

        void add(Statement statement) {
            Set<UUID> carried = new HashSet<>();
            events.stream()
                    .filter(event -> event.evidence().source().equals(MergeStatements.MERGED))
                    .forEach(event -> carried.add(event.recordId()));
            Chains chains = new Chains(
                    List.copyOf(heads.values()), all(), carried, new TreeSet<>(), DAWN.plusSeconds(3600L * hour++));
            chains.add(statement);
            chains.grown().forEach(head -> heads.put(head.customerId(), head));
            events.addAll(chains.events());
            List<ConsentState> next = new ArrayList<>(all());
            for (Chains.Change change : chains.changes()) {
                next.removeIf(state -> state.key().equals(change.state().key()));
                next.add(change.state());
            }
            states = new States(next);
        }

        List<ConsentState> all() {
            return Stream.concat(states.ofCustomer(STAYS).stream(), states.ofCustomer(MERGED).stream())
                    .toList();
        }

        void say(UUID customer, Said said) {
            add(statement(customer, said));
        }

        void merge(UUID id) {
            MergeStatements.merged(id, STAYS, MERGED, all()).forEach(this::add);
        }

        void unmerge(Merge merge) {
            MergeStatements.unmerged(merge, of(STAYS)).forEach(this::add);
        }

        List<ConsentEvent> of(UUID customer) {
            return events.stream()
                    .filter(event -> event.key().customerId().equals(customer))
                    .toList();
        }

        @Nullable
        Standing standing(UUID customer, int key) {
            ConsentState state = states.of(key(customer, key));
            return state == null ? null : state.standing();
        }

        boolean allows(UUID customer, int key) {
            return standing(customer, key) == Standing.GIVEN;
        }

        boolean forbids(UUID customer, int key) {
            Standing standing = standing(customer, key);
            return standing == Standing.WITHDRAWN || standing == Standing.REFUSED;
        }
    }

    @Property(tries = 2000)
    void r13WhoStaysIsNeverAllowedMoreThanEither(
            @ForAll("histories") List<Said> stays, @ForAll("histories") List<Said> merged) {
        Ledgers ledgers = new Ledgers();
        stays.forEach(said -> ledgers.say(STAYS, said));
        merged.forEach(said -> ledgers.say(MERGED, said));
        boolean[] allowed = new boolean[4];
        boolean[] forbidden = new boolean[4];
        for (int key = 0; key < 4; key++) {
            allowed[key] = ledgers.allows(STAYS, key);
            forbidden[key] = ledgers.forbids(STAYS, key) || ledgers.forbids(MERGED, key);
        }
        Collection<ConsentState> untouched = List.copyOf(ledgers.states.ofCustomer(MERGED));
        ledgers.merge(new UUID(9, 9));
        for (int key = 0; key < 4; key++) {
            assertThat(ledgers.allows(STAYS, key)).as("key %d", key).isIn(false, allowed[key] && !forbidden[key]);
            if (forbidden[key]) {
                assertThat(ledgers.standing(STAYS, key)).isIn(Standing.WITHDRAWN, Standing.REFUSED);
            }
        }
        assertThat(ledgers.states.ofCustomer(MERGED)).containsExactlyInAnyOrderElementsOf(untouched);
        assertStatesFollowFromEvents(ledgers);
    }

    @Property(tries = 2000)
    void r13UndoneNothingComesBackThatWasWithdrawnMeanwhileAndAllThatWasNotDoes(
            @ForAll("histories") List<Said> stays,
            @ForAll("histories") List<Said> merged,
            @ForAll("histories") List<Said> meanwhile) {
        Ledgers ledgers = new Ledgers();
        stays.forEach(said -> ledgers.say(STAYS, said));
        merged.forEach(said -> ledgers.say(MERGED, said));
        boolean[][] before = allowed(ledgers);
        UUID id = Ids.next();
        int sequence = ledgers.of(STAYS).size();
        ledgers.merge(id);
        meanwhile.forEach(said -> ledgers.say(STAYS, said));
        boolean[][] then = allowed(ledgers);
        Set<Integer> withdrawn = withdrawn(ledgers.of(STAYS), sequence);
        ledgers.unmerge(new Merge(id, STAYS, MERGED, DAWN, sequence));

        for (int key = 0; key < 4; key++) {
            if (withdrawn.contains(key)) {
                assertThat(ledgers.allows(MERGED, key))
                        .as("merged, key %d", key)
                        .isFalse();
                assertThat(ledgers.allows(STAYS, key)).as("stays, key %d", key).isEqualTo(then[0][key]);
            } else {
                assertThat(ledgers.allows(MERGED, key))
                        .as("merged, key %d", key)
                        .isEqualTo(before[1][key]);
            }
            if (meanwhile.isEmpty()) {
                assertThat(ledgers.allows(STAYS, key)).as("stays, key %d", key).isEqualTo(before[0][key]);
            }
        }
        assertStatesFollowFromEvents(ledgers);
    }

    /** What an audit of the ledger counts. */
    private static void assertStatesFollowFromEvents(Ledgers ledgers) {
        States counted = new States(List.of());
        ledgers.events.forEach(counted::apply);
        for (UUID customer : List.of(STAYS, MERGED)) {
            assertThat(counted.ofCustomer(customer))
                    .containsExactlyInAnyOrderElementsOf(ledgers.states.ofCustomer(customer));
        }
    }

    private static boolean[][] allowed(Ledgers ledgers) {
        boolean[][] allowed = new boolean[2][4];
        for (int key = 0; key < 4; key++) {
            allowed[0][key] = ledgers.allows(STAYS, key);
            allowed[1][key] = ledgers.allows(MERGED, key);
        }
        return allowed;
    }

    /** About which anybody has said no since. */
    private static Set<Integer> withdrawn(List<ConsentEvent> chain, int after) {
        Set<Integer> withdrawn = new HashSet<>();
        for (ConsentEvent event : chain) {
            boolean ends = event.action() == ConsentAction.WITHDRAWN || event.action() == ConsentAction.REFUSED;
            if (event.sequence() > after && ends && !event.evidence().source().equals(MergeStatements.MERGED)) {
                for (int key = 0; key < 4; key++) {
                    ConsentKey about = key(STAYS, key);
                    if (event.key().equals(about) || event.key().covers(about)) {
                        withdrawn.add(key);
                    }
                }
            }
        }
        return withdrawn;
    }

    private static Statement statement(UUID customer, Said said) {
        boolean given = said.action() == ConsentAction.GIVEN;
        ConsentAction action = said.key() >= 4 ? ConsentAction.WITHDRAWN : said.action();
        boolean signed = given && said.key() < 4;
        return new Statement(
                key(customer, said.key()),
                action,
                said.hour() < 0 ? null : DAWN.plusSeconds(3600L * said.hour()),
                signed ? TEXT : null,
                signed ? Terms.NONE.awaiting(said.awaits()) : Terms.NONE,
                Evidence.ofLink("test", null, null, null, null),
                action == ConsentAction.WITHDRAWN && said.once());
    }

    /** 0 to 3 are consents, 4 and 5 are withdrawals for all purposes. */
    private static ConsentKey key(UUID customer, int key) {
        return switch (key) {
            case 0 -> new ConsentKey(customer, ConsentType.ADVERTISING, "marketing", Channel.EMAIL);
            case 1 -> new ConsentKey(customer, ConsentType.ADVERTISING, "marketing", Channel.SMS);
            case 2 -> new ConsentKey(customer, ConsentType.ADVERTISING, "club", Channel.EMAIL);
            case 3 -> new ConsentKey(customer, ConsentType.PD_PROCESSING, "marketing", Channel.ANY);
            case 4 -> new ConsentKey(customer, ConsentType.ADVERTISING, ConsentKey.ALL_PURPOSES, Channel.ANY);
            default -> new ConsentKey(customer, ConsentType.ADVERTISING, ConsentKey.ALL_PURPOSES, Channel.EMAIL);
        };
    }

    @Provide
    Arbitrary<List<Said>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(
                                ConsentAction.GIVEN,
                                ConsentAction.GIVEN,
                                ConsentAction.GIVEN,
                                ConsentAction.WITHDRAWN,
                                ConsentAction.REFUSED,
                                ConsentAction.CONFIRMED,
                                ConsentAction.EXPIRED,
                                ConsentAction.INVALIDATED),
                        Arbitraries.integers().between(-20, 99),
                        Arbitraries.of(true, false, false),
                        Arbitraries.of(true, false))
                .as(Said::new)
                .list()
                .ofMaxSize(8);
    }
}
