using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LogisticsAdmin.Tests.Benchmarks.Circuits;

/// <summary>
/// A minimal document in which an element and the current id of its event handler are found by an attribute, kept up to date from the binary
/// render batches of .NET 10.
/// </summary>
internal sealed class Dom
{
    private readonly Dictionary<int, Node> _components = [];

    public ulong? FindHandler(string attribute, string value, string eventName) => _components.Values
        .Where(component => component.Parent is null)
        .SelectMany(root => root.SelfAndDescendants())
        .Where(node => node.Attributes.GetValueOrDefault(attribute).Value == value)
        .SelectMany(node => node.SelfAndAncestors())
        .Select(node => node.Attributes.GetValueOrDefault($"on{eventName}").Handler)
        .FirstOrDefault(handler => handler is not null);

    public void Apply(ReadOnlySpan<byte> bytes)
    {
        var batch = new Batch(bytes);
        foreach (var diff in batch.Updated())
        {
            var id = batch.Int(diff);
            if (!_components.TryGetValue(id, out var component))
                _components[id] = component = new Node();
            Edit(batch, component, edits: diff + 8, count: batch.Int(diff + 4));
        }
        foreach (var id in batch.Disposed())
            _components.Remove(id);
    }

    private void Edit(Batch batch, Node parent, int edits, int count)
    {
        List<(int From, int To)> moves = [];
        for (var edit = edits; edit < edits + count * 16; edit += 16)
        {
            var (type, sibling, index) = ((EditType)batch.Int(edit), batch.Int(edit + 4), batch.Int(edit + 8));
            switch (type)
            {
                case EditType.PrependFrame: Insert(batch, parent, sibling, index); break;
                case EditType.RemoveFrame: parent.Children.RemoveAt(sibling); break;
                case EditType.SetAttribute: SetAttribute(batch, parent.Children[sibling], index); break;
                case EditType.RemoveAttribute: parent.Children[sibling].Attributes.Remove(batch.String(batch.Int(edit + 12))!); break;
                case EditType.StepIn: parent = parent.Children[sibling]; break;
                case EditType.StepOut: parent = parent.Parent!; break;
                case EditType.PermutationListEntry: moves.Add((sibling, index)); break;
                case EditType.PermutationListEnd:
                    foreach (var (to, node) in moves.ConvertAll(move => (move.To, parent.Children[move.From])))
                        parent.Children[to] = node;
                    moves.Clear();
                    break;
            }
        }
    }

    /// <summary>Adds the content of the frame to the parent, and returns the number of children added.</summary>
    private int Insert(Batch batch, Node parent, int position, int frame)
    {
        switch (batch.Type(frame))
        {
            case FrameType.Element:
                InsertRange(batch, parent.Insert(position), position: 0, frame + 1, frame + batch.Length(frame));
                return 1;
            case FrameType.Component:
                _components[batch.Field(frame, 8)] = parent.Insert(position);
                return 1;
            case FrameType.Text or FrameType.Markup:
                parent.Insert(position);
                return 1;
            case FrameType.Region:
                return InsertRange(batch, parent, position, frame + 1, frame + batch.Length(frame));
            case FrameType.Attribute:
                SetAttribute(batch, parent, frame);
                return 0;
            default:
                return 0;
        }
    }

    private int InsertRange(Batch batch, Node parent, int position, int first, int end)
    {
        var inserted = 0;
        for (var frame = first; frame < end; frame += batch.Length(frame))
            inserted += Insert(batch, parent, position + inserted, frame);
        return inserted;
    }

    private static void SetAttribute(Batch batch, Node node, int frame)
    {
        var handler = BitConverter.ToUInt64(batch.Frame(frame)[12..]);
        node.Attributes[batch.String(batch.Field(frame, 4))!] =
            handler == 0 ? (batch.String(batch.Field(frame, 8)), null) : (null, handler);
    }

    private enum EditType
    {
        PrependFrame = 1, RemoveFrame, SetAttribute, RemoveAttribute, UpdateText,
        StepIn, StepOut, UpdateMarkup, PermutationListEntry, PermutationListEnd,
    }

    private enum FrameType { Element = 1, Text, Attribute, Component, Region, ElementReference, ComponentReference, Markup }

    private sealed class Node
    {
        public Node? Parent { get; private init; }
        public List<Node> Children { get; } = [];
        public Dictionary<string, (string? Value, ulong? Handler)> Attributes { get; } = [];

        public Node Insert(int position)
        {
            var node = new Node { Parent = this };
            Children.Insert(position, node);
            return node;
        }

        public IEnumerable<Node> SelfAndDescendants() => Children.SelectMany(child => child.SelfAndDescendants()).Prepend(this);

        public IEnumerable<Node> SelfAndAncestors() => Parent is null ? [this] : Parent.SelfAndAncestors().Prepend(this);
    }

    /// <summary>A render batch ends with the positions of its tables: diffs, frames, disposed components and handlers, strings.</summary>
    private readonly ref struct Batch(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public int Int(int position) => BinaryPrimitives.ReadInt32LittleEndian(_bytes[position..]);

        public ReadOnlySpan<int> Updated() => Table(Int(_bytes.Length - 20));
        public ReadOnlySpan<int> Disposed() => Table(Int(_bytes.Length - 12));

        public ReadOnlySpan<byte> Frame(int index) => _bytes.Slice(Int(_bytes.Length - 16) + 4 + index * 20, 20);

        public int Field(int frame, int offset) => BinaryPrimitives.ReadInt32LittleEndian(Frame(frame)[offset..]);

        public FrameType Type(int frame) => (FrameType)Field(frame, 0);

        /// <summary>How many frames it takes up, including its content.</summary>
        public int Length(int frame) =>
            Type(frame) is FrameType.Element or FrameType.Component or FrameType.Region ? Field(frame, 4) : 1;

        public string? String(int index)
        {
            if (index < 0)
                return null;
            var text = _bytes[Int(Int(_bytes.Length - 4) + index * 4)..];
            var (length, prefix) = (0, 0);
            do
                length |= (text[prefix] & 0x7f) << (7 * prefix);
            while (text[prefix++] >= 0x80);
            return Encoding.UTF8.GetString(text.Slice(prefix, length));
        }

        private ReadOnlySpan<int> Table(int position) => MemoryMarshal.Cast<byte, int>(_bytes.Slice(position + 4, Int(position) * 4));
    }
}
