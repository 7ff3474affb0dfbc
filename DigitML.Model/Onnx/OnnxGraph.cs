using System.Collections.Immutable;
using DigitML.Model.Contents;

namespace DigitML.Model.Onnx;

/// <summary>What a file's graph computes.</summary>
/// <param name="Members">The networks whose scores are averaged, in their inference form.</param>
/// <param name="TestTimeShift">Pixels by which an image is also moved.</param>
/// <param name="Prefixes">What the names of each network's nodes and values begin with.</param>
internal sealed record OnnxGraph(ImmutableArray<ModelMember> Members, int TestTimeShift, ImmutableArray<string> Prefixes);
