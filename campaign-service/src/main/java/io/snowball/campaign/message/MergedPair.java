package io.snowball.campaign.message;

import io.snowball.campaign.message.PersonMessages.Merge;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * Two messages of one campaign to two customers who turned out to be one. The one that has come further is the person's: who has got
 * the campaign does not get it again and is no control group, and who was held out stays so. Pure.
 */
record MergedPair(Side stays, Side merged) {

    /** @param control whether it is of the control group */
    record Side(UUID messageId, MessageState state, boolean control) {
        boolean isWaiting() {
            return state == MessageState.DUE;
        }

        /** How far it has come. What a dispatcher has may be on the wire at this moment. */
        int rank() {
            return switch (state) {
                case SENT, CLAIMED, UNCERTAIN -> 3;
                case HELD_OUT -> 2;
                case DUE -> 1;
                case SUPPRESSED, FAILED, CANCELLED -> 0;
            };
        }
    }

    /** @param over whether it is cancelled */
    record Change(UUID messageId, UUID customerId, boolean control, boolean over) {}

    static MergedPair of(Row row) {
        return new MergedPair(side(row, "stays"), side(row, "merged"));
    }

    private static Side side(Row row, String which) {
        return new Side(
                row.getUUID(which + "_id"),
                MessageState.valueOf(row.getString(which + "_state")),
                row.getBoolean(which + "_control"));
    }

    List<Change> changes(Merge merge) {
        boolean changePlaces = merged.rank() > stays.rank();
        Side first = changePlaces ? merged : stays;
        Side second = changePlaces ? stays : merged;
        boolean held = first.isWaiting() && second.isWaiting() && second.control();
        boolean over = second.isWaiting() || second.state() == MessageState.HELD_OUT;
        return List.of(
                new Change(first.messageId(), merge.intoId(), first.control() || held, false),
                new Change(second.messageId(), merge.customerId(), second.control(), over));
    }
}
