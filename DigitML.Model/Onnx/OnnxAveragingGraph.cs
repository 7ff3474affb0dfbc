using DigitML.Engine.Networks;
using DigitML.Engine;
using DigitML.Model.Contents;
using static DigitML.Model.Onnx.OnnxNodes;

namespace DigitML.Model.Onnx;

/// <summary>
/// The graph of a model that averages scores. The image at each position (margins of zeros, then a slice each) makes one larger batch; every network is one chain that
/// scores all of it; then the scores of all networks and positions are concatenated, batch after batch, and "scores" is the mean over those batches. Input and
/// outputs are the same as for a single network.
/// </summary>
internal static class OnnxAveragingGraph
{
    // Every averaging graph has this value; the graph of a single network never does.
    private const string GroupedScores = "scores.grouped";
    private const string Margins = "pixels.margins", Views = "pixels.views", ImageAxes = "pixels.axes";

    /// <summary>Prefix of the names of a network's nodes and values.</summary>
    internal static string Prefix(int member) => $"member_{member}.";

    /// <summary>The graph of a model; the same model gives the same graph.</summary>
    internal static GraphProto Write(ModelContent model)
    {
        GraphProto graph = OnnxGraphWriter.Start(model.Members[0].Network);
        graph.Name = model.Name;
        string images = AddViews(graph, model.InputShape, model.TestTimeShift);
        for (int i = 0; i < model.Members.Length; i++) OnnxGraphWriter.AddMember(graph, Prefix(i), images, model.Members[i]);
        AddMean(graph, model.Members.Length, model.TestTimeShift, model.Labels.Count);
        return graph;
    }

    /// <summary>True if a graph averages scores as DigitML's do.</summary>
    internal static bool Is(GraphProto graph)
    {
        foreach (NodeProto node in graph.Node)
        {
            if (Output(node) == GroupedScores) return true;
        }

        return false;
    }

    /// <summary>Reads such a graph: the chain of each network separately; the nodes around them must be exactly those that DigitML writes.</summary>
    /// <exception cref="DigitMLException">The nodes around them differ, or a chain holds something DigitML cannot run.</exception>
    internal static OnnxGraph Read(string file, GraphProto graph, long operatorSet)
    {
        var frame = new GraphProto { Node = { graph.Node }, Initializer = { graph.Initializer } };
        string images = graph.Node.Any(node => Output(node) == Views) ? Views : OnnxGraphWriter.Input;
        List<ModelMember> members = [];
        List<string> prefixes = [];
        while (TakeMember(frame, graph, Prefix(members.Count), images) is { } chain)
        {
            prefixes.Add(Prefix(members.Count));
            members.Add(OnnxNetworkReader.Read(file, chain, operatorSet));
        }

        int shift = ReadShift(file, frame);
        if (members.Count == 0 || !frame.Equals(Frame(members, shift)))
        {
            throw new DigitMLException($"{file}: it averages scores differently from DigitML; DigitML reads only averaging graphs that it wrote, in which at most weights were changed.");
        }

        return new OnnxGraph([.. members], shift, [.. prefixes]);
    }

    /// <summary>The nodes and constants around the networks.</summary>
    private static GraphProto Frame(List<ModelMember> members, int shift)
    {
        var frame = new GraphProto();
        Network first = members[0].Network;
        if (shift >= Math.Min(first.InputShape.Height, first.InputShape.Width)) return frame;
        AddViews(frame, first.InputShape, shift);
        AddMean(frame, members.Count, shift, first.ClassCount);
        return frame;
    }

    /// <summary>Adds the images at all positions, concatenated batch after batch, and returns the value's name.</summary>
    private static string AddViews(GraphProto graph, Shape image, int shift)
    {
        if (shift == 0) return OnnxGraphWriter.Input;
        const string Padded = "pixels.padded";
        graph.Initializer.Add(OnnxTensor.Integers(Margins, [0, 0, shift, shift, 0, 0, shift, shift]));
        graph.Initializer.Add(OnnxTensor.Integers(ImageAxes, [2, 3]));
        graph.Node.Add(Node("Pad", Padded, [OnnxGraphWriter.Input, Margins]));
        List<string> views = [OnnxGraphWriter.Input];
        foreach (ImageShift position in TestTimeShifts.Positions(shift).Skip(1))
        {
            // The slice for an image shifted down begins that many rows above it.
            int top = shift - position.Down, left = shift - position.Right;
            string view = $"pixels.{position.Direction}", from = $"{view}.from", to = $"{view}.to";
            graph.Initializer.Add(OnnxTensor.Integers(from, [top, left]));
            graph.Initializer.Add(OnnxTensor.Integers(to, [top + image.Height, left + image.Width]));
            graph.Node.Add(Node("Slice", view, [Padded, from, to, ImageAxes]));
            views.Add(view);
        }

        graph.Node.Add(Node("Concat", Views, views, Integer("axis", 0)));
        return Views;
    }

    private static void AddMean(GraphProto graph, int members, int shift, int classCount)
    {
        const string AllScores = "scores.all", Groups = "scores.groups";
        string all = Prefix(0) + OnnxGraphWriter.Scores;
        if (members > 1)
        {
            all = AllScores;
            graph.Node.Add(Node("Concat", all, Enumerable.Range(0, members).Select(i => Prefix(i) + OnnxGraphWriter.Scores), Integer("axis", 0)));
        }

        graph.Initializer.Add(OnnxTensor.Integers(Groups, [members * TestTimeShifts.Positions(shift).Length, -1, classCount]));
        graph.Node.Add(Node("Reshape", GroupedScores, [all, Groups]));
        graph.Node.Add(Node("ReduceMean", OnnxGraphWriter.Scores, [GroupedScores], Integers("axes", 0), Integer("keepdims", 0)));
        OnnxGraphWriter.AddLabel(graph);
    }

    /// <summary>Moves a network's nodes and constants from the frame to a separate graph; null if there are no nodes.</summary>
    private static GraphProto? TakeMember(GraphProto frame, GraphProto whole, string prefix, string images)
    {
        if (whole.Input.Count == 0) return null;
        ValueInfoProto input = whole.Input[0].Clone();
        input.Name = images;
        var chain = new GraphProto { Name = prefix.TrimEnd('.'), Input = { input }, Output = { new ValueInfoProto { Name = prefix + OnnxGraphWriter.Scores } } };
        for (int i = 0; i < frame.Node.Count;)
        {
            if (!Output(frame.Node[i]).StartsWith(prefix, StringComparison.Ordinal))
            {
                i++;
                continue;
            }

            chain.Node.Add(frame.Node[i]);
            frame.Node.RemoveAt(i);
        }

        for (int i = 0; i < frame.Initializer.Count;)
        {
            if (!frame.Initializer[i].Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                i++;
                continue;
            }

            chain.Initializer.Add(frame.Initializer[i]);
            frame.Initializer.RemoveAt(i);
        }

        return chain.Node.Count == 0 ? null : chain;
    }

    private static int ReadShift(string file, GraphProto frame)
    {
        if (frame.Initializer.FirstOrDefault(tensor => tensor.Name == Margins) is not { } margins) return 0;
        return OnnxTensor.ReadIntegers(file, margins).Values is [_, _, > 0 and <= int.MaxValue and var shift, ..] ? (int)shift : 0;
    }

    private static string Output(NodeProto node) => node.Output.Count > 0 ? node.Output[0] : "";
}
