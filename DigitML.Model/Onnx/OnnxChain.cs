using DigitML.Engine;

namespace DigitML.Model.Onnx;

/// <summary>A file's graph as the single chain of nodes from its input to its scores.</summary>
/// <param name="Input">The graph's input.</param>
/// <param name="Nodes">The nodes in execution order, without constants and without the nodes that choose the label.</param>
/// <param name="Constants">The values the nodes use.</param>
internal sealed record OnnxChain(ValueInfoProto Input, IReadOnlyList<OnnxNode> Nodes, OnnxConstants Constants)
{
    private static readonly string[] Operators =
    [
        "Conv", "Gemm", "MatMul", "Relu", "MaxPool", "AveragePool", "GlobalAveragePool", "Resize", "BatchNormalization", "Flatten", "Reshape", "Softmax", "Dropout",
        "Identity", "Add", "Sub", "Mul", "Div", "Constant", "Cast", "ArgMax",
    ];

    /// <summary>Follows a graph from its input.</summary>
    /// <exception cref="DigitMLException">It has an unsupported operator, several inputs, a branch, a cycle, or nodes off the chain.</exception>
    internal static OnnxChain Follow(string file, GraphProto graph)
    {
        OnnxNode[] nodes = [.. graph.Node.Select(node => new OnnxNode(file, node))];
        foreach (OnnxNode node in nodes)
        {
            if (!Operators.Contains(node.Operator))
            {
                throw new DigitMLException(
                    $"{file}: operator \"{node.Operator}\" (node \"{node.Name}\") is not one DigitML can run; it runs {string.Join(", ", Operators)}.");
            }
        }

        var constants = new OnnxConstants(file, graph, nodes);
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !constants.Contains(input.Name))];
        if (inputs.Length != 1) throw new DigitMLException($"{file}: its graph has {inputs.Length} inputs; DigitML runs networks with one.");
        return new OnnxChain(inputs[0], Walk(file, graph, nodes, constants, inputs[0].Name), constants);
    }

    private static List<OnnxNode> Walk(string file, GraphProto graph, OnnxNode[] nodes, OnnxConstants constants, string current)
    {
        OnnxNode[] computing = [.. nodes.Where(node => !node.Outputs.Any(constants.Contains))];
        Dictionary<string, List<OnnxNode>> users = Users(computing, constants);
        HashSet<string> made = [current];
        HashSet<OnnxNode> walked = [];
        List<OnnxNode> chain = [];
        while (true)
        {
            List<OnnxNode> next = users.GetValueOrDefault(current) ?? [];
            foreach (OnnxNode choice in next.Where(node => node.Operator == "ArgMax")) WalkLabel(choice, users, walked);
            next = [.. next.Where(node => node.Operator != "ArgMax")];
            if (next.Count == 0) break;
            if (next.Count > 1)
            {
                throw new DigitMLException(
                    $"{file}: the value \"{current}\" is used by {next.Count} nodes (\"{next[0].Name}\", \"{next[1].Name}\"); DigitML runs only networks that are a single chain.");
            }

            OnnxNode node = next[0];
            RequireOneInput(node, computing, constants, current);
            chain.Add(node);
            walked.Add(node);
            current = node.Output;
            if (!made.Add(current)) throw node.Failure($"produces \"{current}\" again; the graph has a cycle");
        }

        if (!graph.Output.Any(output => output.Name == current))
        {
            throw new DigitMLException($"{file}: the chain of nodes from its input ends in \"{current}\", which is not an output of the graph.");
        }

        return computing.FirstOrDefault(node => !walked.Contains(node)) is { } stray
            ? throw stray.Failure("is not on the chain from the graph's input to its output") : chain;
    }

    private static void RequireOneInput(OnnxNode node, OnnxNode[] computing, OnnxConstants constants, string current)
    {
        string[] computed = [.. node.Inputs.Where(input => input.Length > 0 && !constants.Contains(input))];
        if (computed.Length == 1) return;
        string? missing = computed.FirstOrDefault(input => input != current && !computing.Any(other => other.Outputs.Contains(input)));
        throw node.Failure(missing is not null
            ? $"uses \"{missing}\", which this file does not define"
            : $"combines \"{computed[0]}\" and \"{computed[1]}\"; DigitML runs only networks that are a single chain");
    }

    private static Dictionary<string, List<OnnxNode>> Users(OnnxNode[] nodes, OnnxConstants constants)
    {
        Dictionary<string, List<OnnxNode>> users = [];
        foreach (OnnxNode node in nodes)
        {
            foreach (string input in node.Inputs.Distinct())
            {
                if (input.Length == 0 || constants.Contains(input)) continue;
                if (!users.TryGetValue(input, out List<OnnxNode>? list)) users[input] = list = [];
                list.Add(node);
            }
        }

        return users;
    }

    // The nodes that choose the label: ArgMax and nodes that only pass its result on. They do not change the scores.
    private static void WalkLabel(OnnxNode choice, Dictionary<string, List<OnnxNode>> users, HashSet<OnnxNode> walked)
    {
        Stack<OnnxNode> open = new([choice]);
        while (open.TryPop(out OnnxNode? node))
        {
            if (!walked.Add(node)) continue;
            foreach (OnnxNode user in users.GetValueOrDefault(node.Output) ?? [])
            {
                if (user.Operator is not ("Cast" or "Identity"))
                {
                    throw user.Failure("computes with the chosen label; DigitML reads only networks that end with it");
                }

                open.Push(user);
            }
        }
    }
}
