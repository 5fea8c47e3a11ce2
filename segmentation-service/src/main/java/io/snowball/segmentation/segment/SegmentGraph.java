package io.snowball.segmentation.segment;

import io.snowball.segmentation.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Which segment names which: the order in which they must be evaluated, a named one before those that name it. */
final class SegmentGraph {
    private final Map<UUID, Node> ordered = new LinkedHashMap<>();

    record Node(UUID id, String name, Rule rule) {}

    SegmentGraph(Collection<Node> nodes) {
        Map<UUID, Node> all = new LinkedHashMap<>();
        nodes.forEach(node -> all.put(node.id(), node));
        nodes.forEach(node -> place(node, all, new LinkedHashSet<>()));
    }

    /** {@code pending} ends the walk should a circle ever get into the table; {@link #wouldCircle} keeps it out. */
    private void place(Node node, Map<UUID, Node> all, Set<UUID> pending) {
        if (ordered.containsKey(node.id()) || !pending.add(node.id())) {
            return;
        }
        for (UUID named : node.rule().namedSegments()) {
            Node below = all.get(named);
            if (below != null) {
                place(below, all, pending);
            }
        }
        ordered.put(node.id(), node);
    }

    boolean contains(UUID id) {
        return ordered.containsKey(id);
    }

    int size() {
        return ordered.size();
    }

    List<Node> ordered() {
        return List.copyOf(ordered.values());
    }

    /** This one, or none where there is no such segment. */
    List<Node> only(UUID id) {
        return Optional.ofNullable(ordered.get(id)).stream().toList();
    }

    /** Those that time alone can change, also through a segment that they name. */
    List<Node> followingTheClock() {
        return withDependentsOf(Rule::followsTheClock);
    }

    /** Those that news of messages can change, also through a segment that they name. */
    List<Node> lookingAtMessages() {
        return withDependentsOf(Rule::looksAtMessages);
    }

    /** Those that what customers do can change, also through a segment that they name. */
    List<Node> lookingAtEvents() {
        return withDependentsOf(Rule::looksAtEvents);
    }

    /** Those that a new run of predictions can change, also through a segment that they name. */
    List<Node> lookingAtPredictions() {
        return withDependentsOf(Rule::looksAtPredictions);
    }

    /** Those that what customers say of the company can change, also through a segment that they name. */
    List<Node> lookingAtFeedback() {
        return withDependentsOf(Rule::looksAtFeedback);
    }

    /** Those that consents can change, also through a segment that they name. */
    List<Node> lookingAtConsents() {
        return withDependentsOf(Rule::looksAtConsents);
    }

    /** Those that ask what these products are related to, also through a segment that they name. */
    List<Node> relatedTo(Set<String> skus) {
        return withDependentsOf(rule -> rule.relatedSkus().stream().anyMatch(skus::contains));
    }

    private List<Node> withDependentsOf(Predicate<Rule> rules) {
        Set<UUID> seeds = new LinkedHashSet<>();
        ordered.values().stream().filter(node -> rules.test(node.rule())).forEach(node -> seeds.add(node.id()));
        return withDependents(seeds);
    }

    /** These and all that name them, directly or not. */
    List<Node> withDependents(Set<UUID> seeds) {
        Set<UUID> touched = new LinkedHashSet<>(seeds);
        List<Node> result = new ArrayList<>();
        for (Node node : ordered.values()) {
            boolean follows = node.rule().namedSegments().stream().anyMatch(touched::contains);
            if (touched.contains(node.id()) || follows) {
                touched.add(node.id());
                result.add(node);
            }
        }
        return result;
    }

    /** Who names it directly. */
    List<Node> naming(UUID id) {
        return ordered.values().stream()
                .filter(node -> node.rule().namedSegments().contains(id))
                .toList();
    }

    /** Whether a segment with this rule would, directly or not, name itself. */
    boolean wouldCircle(UUID id, Rule rule) {
        Set<UUID> named = rule.namedSegments();
        return withDependents(Set.of(id)).stream().anyMatch(node -> named.contains(node.id())) || named.contains(id);
    }
}
