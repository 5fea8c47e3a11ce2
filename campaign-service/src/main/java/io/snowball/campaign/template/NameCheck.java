package io.snowball.campaign.template;

import io.snowball.campaign.template.TemplateException.Mistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liqp.org.antlr.v4.runtime.Token;
import liqp.org.antlr.v4.runtime.misc.Interval;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser.AssignmentContext;
import liquid.parser.v4.LiquidParser.Capture_tag_IdContext;
import liquid.parser.v4.LiquidParser.Capture_tag_StrContext;
import liquid.parser.v4.LiquidParser.For_arrayContext;
import liquid.parser.v4.LiquidParser.For_rangeContext;
import liquid.parser.v4.LiquidParser.IndexContext;
import liquid.parser.v4.LiquidParser.Lookup_id_indexesContext;
import liquid.parser.v4.LiquidParser.Simple_tagContext;
import liquid.parser.v4.LiquidParser.Table_tagContext;
import liquid.parser.v4.LiquidParserBaseVisitor;
import org.jspecify.annotations.Nullable;

/** Finds variables that will never have a value, so that a typing error shows when a template is saved and not in 100,000 mails. */
final class NameCheck extends LiquidParserBaseVisitor<@Nullable Void> {
    private final String part;
    private final Variables known;
    private final Set<String> own = new HashSet<>(Set.of("forloop", "tablerowloop"));
    private final List<Lookup_id_indexesContext> lookups = new ArrayList<>();

    private NameCheck(String part, Variables known) {
        this.part = part;
        this.known = known;
    }

    static List<Mistake> mistakes(String part, ParseTree tree, Variables known) {
        NameCheck check = new NameCheck(part, known);
        check.visit(tree);
        return check.lookups.stream()
                .filter(check::isUnknown)
                .map(check::mistake)
                .distinct()
                .toList();
    }

    private boolean isUnknown(Lookup_id_indexesContext lookup) {
        return !own.contains(lookup.id().getText()) && !known.knows(pathOf(lookup));
    }

    private Mistake mistake(Lookup_id_indexesContext lookup) {
        String path = pathOf(lookup);
        String hint =
                known.near(path).map(name -> " Did you mean " + name + "?").orElse("");
        Token start = lookup.getStart();
        return new Mistake(part, start.getLine(), columnOf(start), "There is no variable " + path + "." + hint);
    }

    /** By the text before it: liqp's tokens know their line, but their column is where they end. */
    private static int columnOf(Token token) {
        if (token.getStartIndex() == 0) {
            return 1;
        }
        String before = token.getInputStream().getText(Interval.of(0, token.getStartIndex() - 1));
        return before.length() - before.lastIndexOf('\n');
    }

    /** As far as it is fixed: what an index that is computed picks can't be known. */
    private static String pathOf(Lookup_id_indexesContext lookup) {
        StringBuilder path = new StringBuilder(lookup.id().getText());
        for (IndexContext index : lookup.index()) {
            if (index.Dot() != null) {
                path.append('.').append(index.id2().getText());
                continue;
            }
            String text = index.expr().getText();
            boolean literal = text.length() > 1 && (text.charAt(0) == '"' || text.charAt(0) == '\'');
            if (!literal) {
                break;
            }
            path.append('.').append(text, 1, text.length() - 1);
        }
        return path.toString();
    }

    @Override
    public @Nullable Void visitLookup_id_indexes(Lookup_id_indexesContext ctx) {
        lookups.add(ctx);
        return visitChildren(ctx);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentContext ctx) {
        own.add(ctx.id().getText());
        return visitChildren(ctx);
    }

    @Override
    public @Nullable Void visitCapture_tag_Id(Capture_tag_IdContext ctx) {
        own.add(ctx.id().getText());
        return visitChildren(ctx);
    }

    @Override
    public @Nullable Void visitCapture_tag_Str(Capture_tag_StrContext ctx) {
        String quoted = ctx.Str().getText();
        own.add(quoted.substring(1, quoted.length() - 1));
        return visitChildren(ctx);
    }

    @Override
    public @Nullable Void visitFor_array(For_arrayContext ctx) {
        own.add(ctx.id().getText());
        return visitChildren(ctx);
    }

    @Override
    public @Nullable Void visitFor_range(For_rangeContext ctx) {
        own.add(ctx.id().getText());
        return visitChildren(ctx);
    }

    @Override
    public @Nullable Void visitTable_tag(Table_tagContext ctx) {
        own.add(ctx.id().getText());
        return visitChildren(ctx);
    }

    /** increment and decrement make their variable. */
    @Override
    public @Nullable Void visitSimple_tag(Simple_tagContext ctx) {
        if (ctx.other_tag_parameters() != null) {
            own.add(ctx.other_tag_parameters().getText());
        }
        return visitChildren(ctx);
    }
}
