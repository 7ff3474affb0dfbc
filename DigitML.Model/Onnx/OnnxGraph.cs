using System.Collections.Immutable;
using DigitML.Model.Contents;

namespace DigitML.Model.Onnx;

/// <summary>The computation of a file's graph.</summary>
/// <param name="Members">The networks whose scores are averaged, in their inference form.</param>
/// <param name="TestTimeShift">Pixels by which each image is also shifted.</param>
/// <param name="Prefixes">Prefix of the names of each network's nodes and values.</param>
internal sealed record OnnxGraph(ImmutableArray<ModelMember> Members, int TestTimeShift, ImmutableArray<string> Prefixes);
