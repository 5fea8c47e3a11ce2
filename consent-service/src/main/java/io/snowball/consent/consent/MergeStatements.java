package io.snowball.consent.consent;

import io.snowball.consent.person.MergedCustomers.Merge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written when two customers are one, and when they are two again. Pure. Of two the stricter word counts: what either
 * has withdrawn or refused is so for who stays, and a consent of the other is none of theirs. The merged one's own chain is left
 * as it is, so that undoing finds it there.
 */
final class MergeStatements {
    /** The source of what was carried over to who stays; such a withdrawal is not the last word of that person. */
    static final String MERGED = "customer-merged";

    static final String UNMERGED = "customer-unmerged";
    static final String ERASED = "customer-erased";
    private static final String BY = "customer-service";

    private MergeStatements() {}

    /** @param states of both */
    static List<Statement> merged(UUID mergeId, UUID into, UUID merged, Collection<ConsentState> states) {
        States all = new States(states);
        List<Statement> statements = new ArrayList<>();
        Set<ConsentKey> keys = new LinkedHashSet<>();
        for (ConsentState state : all.ofCustomer(merged)) {
            if (!state.key().isForAllPurposes()) {
                keys.add(of(into, state.key()));
            } else if (ends(state.standing())) {
                // With its own day: what who stays has said after it still counts, but for what follows below.
                statements.add(carried(of(into, state.key()), state, state.at(), MERGED, mergeId));
            }
        }
        // Those too that are withdrawn already: perhaps by the word of another who was merged, and that may be undone.
        all.ofCustomer(into).stream()
                .map(ConsentState::key)
                .filter(key -> !key.isForAllPurposes())
                .forEach(keys::add);
        for (ConsentKey key : keys) {
            ConsentState theirs = all.of(of(merged, key));
            if (theirs != null && ends(theirs.standing())) {
                statements.add(carried(key, theirs, null, MERGED, mergeId));
            }
        }
        return statements;
    }

    /** @param chain of who stayed, whole */
    static List<Statement> unmerged(Merge merge, List<ConsentEvent> chain) {
        List<Statement> statements = new ArrayList<>(saidMeanwhile(merge, chain));
        statements.addAll(restored(merge, chain));
        return statements;
    }

    static List<Statement> erased(Collection<ConsentState> states) {
        return states.stream()
                .filter(state -> state.standing().isOpen())
                .map(state -> new Statement(
                        state.key(),
                        ConsentAction.EXPIRED,
                        null,
                        null,
                        Terms.about(state.recordId()),
                        evidence(ERASED, null, null),
                        false))
                .toList();
    }

    /** Nobody knows which of the two it was who withdrew while they were one, so it counts for both. */
    private static Collection<Statement> saidMeanwhile(Merge merge, List<ConsentEvent> chain) {
        Map<ConsentKey, Statement> statements = new LinkedHashMap<>();
        for (ConsentEvent event : chain) {
            if (event.sequence() > merge.intoSequence() && ends(event) && !isCarried(event)) {
                ConsentKey key = of(merge.customerId(), event.key());
                Evidence evidence = evidence(UNMERGED, merge.id(), event.recordId());
                statements.put(key, new Statement(key, event.action(), null, null, Terms.NONE, evidence, false));
            }
        }
        return statements.values();
    }

    /** @param text by which it was given */
    private record Silenced(ConsentState state, SignedText text) {}

    /** What was in force and ended by the other's word alone; it names that word, so anything said since makes it void. */
    private static List<Statement> restored(Merge merge, List<ConsentEvent> chain) {
        States states = new States(List.of());
        Map<ConsentKey, SignedText> signed = new HashMap<>();
        Map<ConsentKey, Silenced> silenced = new LinkedHashMap<>();
        Set<UUID> carried = new HashSet<>();
        for (ConsentEvent event : chain) {
            boolean ours = isCarried(event)
                    && merge.id().toString().equals(event.evidence().requestId());
            if (ours) {
                carried.add(event.recordId());
                for (ConsentState open : states.ofCustomer(merge.intoId())) {
                    SignedText text = signed.get(open.key());
                    if (open.standing().isOpen() && text != null) {
                        silenced.put(open.key(), new Silenced(open, text));
                    }
                }
            } else if (ends(event) && event.sequence() > merge.intoSequence()) {
                // Whatever day it bears: a letter that came meanwhile may be older than the merge.
                silenced.keySet()
                        .removeIf(key -> event.key().equals(key) || event.key().covers(key));
            }
            if (event.action() == ConsentAction.GIVEN && event.signed() != null) {
                signed.put(event.key(), event.signed());
            }
            states.apply(event);
        }
        List<Statement> statements = new ArrayList<>();
        silenced.forEach((key, before) -> {
            ConsentState was = before.state();
            ConsentState now = states.of(key);
            if (now != null && carried.contains(now.recordId())) {
                Terms terms = new Terms(
                        was.standing() == Standing.PENDING_CONFIRMATION,
                        now.recordId(),
                        was.validUntil(),
                        was.identifierHash(),
                        was.legacyBundled());
                Evidence evidence = evidence(UNMERGED, merge.id(), was.recordId());
                statements.add(new Statement(key, ConsentAction.GIVEN, null, before.text(), terms, evidence, false));
            }
        });
        return statements;
    }

    private static Statement carried(
            ConsentKey key, ConsentState theirs, @Nullable Instant at, String source, UUID mergeId) {
        ConsentAction action = theirs.standing() == Standing.REFUSED ? ConsentAction.REFUSED : ConsentAction.WITHDRAWN;
        return new Statement(key, action, at, null, Terms.NONE, evidence(source, mergeId, theirs.recordId()), false);
    }

    private static Evidence evidence(String source, @Nullable UUID mergeId, @Nullable UUID carriedFrom) {
        String request = mergeId == null ? null : mergeId.toString();
        String details = carriedFrom == null
                ? null
                : EvidenceDetails.carriedFrom(carriedFrom).text();
        return new Evidence(source, null, null, null, request, null, Actor.OPERATOR, BY, null, details);
    }

    private static boolean ends(Standing standing) {
        return standing == Standing.WITHDRAWN || standing == Standing.REFUSED;
    }

    private static boolean ends(ConsentEvent event) {
        return event.action() == ConsentAction.WITHDRAWN || event.action() == ConsentAction.REFUSED;
    }

    private static boolean isCarried(ConsentEvent event) {
        return event.evidence().source().equals(MERGED);
    }

    private static ConsentKey of(UUID customerId, ConsentKey key) {
        return new ConsentKey(customerId, key.type(), key.purpose(), key.channel());
    }
}
