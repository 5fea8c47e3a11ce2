package io.snowball.campaign.template;

import java.util.Collection;
import java.util.stream.Stream;
import liqp.Insertions;
import liqp.LValue;
import liqp.TemplateContext;
import liqp.blocks.Block;
import liqp.exceptions.LiquidException;
import liqp.filters.Filter;
import liqp.filters.Filters;
import liqp.nodes.FilterNode;
import liqp.nodes.LNode;
import liqp.parser.v4.NodeVisitor;
import liquid.parser.v4.LiquidParser.Cycle_tagContext;
import liquid.parser.v4.LiquidParser.FilterContext;
import liquid.parser.v4.LiquidParser.Include_relative_tagContext;
import liquid.parser.v4.LiquidParser.Include_tagContext;
import liquid.parser.v4.LiquidParser.OutputContext;
import liquid.parser.v4.LiquidParser.Param_exprContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree that renders, and puts our rules into it: values are escaped where they come out (for HTML), filters have limits, and
 * there are no includes.
 */
final class TreeBuilder extends NodeVisitor {
    private static final Filters PLAIN = Filters.DEFAULT_FILTERS;
    private static final Filters ESCAPING = PLAIN.mergeWith(Filters.of(
            new HtmlFilter("escape"),
            new HtmlFilter("escape_once"),
            new HtmlFilter("h"),
            new HtmlFilter("newline_to_br")));
    private static final Insertions ESCAPING_TAGS =
            Insertions.STANDARD_INSERTIONS.mergeWith(Insertions.of(new HtmlCapture()));

    private final boolean html;
    private final Filters filters;

    TreeBuilder(boolean html) {
        super(html ? ESCAPING_TAGS : Insertions.STANDARD_INSERTIONS, html ? ESCAPING : PLAIN, true);
        this.html = html;
        filters = html ? ESCAPING : PLAIN;
    }

    @Override
    public LNode visitOutput(OutputContext ctx) {
        return escaped(super.visitOutput(ctx));
    }

    /** The other tag that prints values. */
    @Override
    public LNode visitCycle_tag(Cycle_tagContext ctx) {
        return escaped(super.visitCycle_tag(ctx));
    }

    private LNode escaped(LNode node) {
        return html ? context -> escape(node.render(context), context) : node;
    }

    @Override
    public FilterNode visitFilter(FilterContext ctx) {
        String name = ctx.Id().getText();
        Filter filter = filters.get(name);
        if (filter == null) {
            throw new LiquidException("There is no filter " + name + ".", ctx);
        }
        FilterNode node = new FilterNode(ctx, new LimitedFilter(filter));
        if (ctx.params() != null) {
            for (Param_exprContext param : ctx.params().param_expr()) {
                node.add(visit(param));
            }
        }
        return node;
    }

    @Override
    public LNode visitInclude_tag(Include_tagContext ctx) {
        throw new LiquidException("Templates can't include files: put the content here.", ctx);
    }

    @Override
    public LNode visitInclude_relative_tag(Include_relative_tagContext ctx) {
        throw new LiquidException("Templates can't include files: put the content here.", ctx);
    }

    private static @Nullable Object escape(@Nullable Object value, TemplateContext context) {
        return switch (value) {
            case null -> null;
            case SafeHtml safe -> safe.toString();
            case String text -> SafeHtml.escape(text);
            case Number number -> number;
            case Boolean bool -> bool;
            case Collection<?> items ->
                items.stream().map(item -> escapedText(item, context)).toList();
            case Object[] items ->
                Stream.of(items).map(item -> escapedText(item, context)).toList();
            default -> escapedText(value, context);
        };
    }

    private static String escapedText(@Nullable Object value, TemplateContext context) {
        return value instanceof SafeHtml safe ? safe.toString() : SafeHtml.escape(Text.INSTANCE.of(value, context));
    }

    /** Liquid's own way to make a string of a value: dates as Ruby does, lists joined. */
    private static final class Text extends LValue {
        static final Text INSTANCE = new Text();

        String of(@Nullable Object value, TemplateContext context) {
            return value == null ? "" : asString(value, context);
        }
    }

    private static final class HtmlFilter extends Filter {
        HtmlFilter(String name) {
            super(name);
        }

        @Override
        public Object apply(Object value, TemplateContext context, Object... params) {
            String text = escapedText(value, context);
            return new SafeHtml(name.equals("newline_to_br") ? text.replace("\n", "<br>\n") : text);
        }
    }

    /** What is captured was escaped while it was captured. */
    private static final class HtmlCapture extends Block {
        HtmlCapture() {
            super("capture");
        }

        @Override
        public @Nullable Object render(TemplateContext context, LNode... nodes) {
            String id = asString(nodes[0].render(context), context);
            context.put(id, new SafeHtml(asString(nodes[1].render(context), context)), true);
            return null;
        }
    }
}
