using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace DigitML.Tests.Architecture;

/// <summary>
/// Which namespaces of an assembly use which others of it, read out of the built file: from base types, members, method bodies, attributes and generic
/// arguments. Using directives would miss a child namespace that uses its parent.
/// </summary>
internal sealed class TypeReferences
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields().Select(field => field.GetValue(null)).OfType<OpCode>()
        .ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    private readonly MetadataReader metadata;
    private readonly PEReader file;
    private readonly SortedDictionary<string, SortedSet<string>> uses = new(StringComparer.Ordinal);
    private readonly Collector collector;
    private SortedSet<string> current = [];

    private TypeReferences(PEReader file)
    {
        this.file = file;
        metadata = file.GetMetadataReader();
        collector = new Collector(this);
    }

    /// <summary>The other assemblies that an assembly refers to.</summary>
    internal static string[] AssembliesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    /// <summary>For each namespace of an assembly, the others that it uses.</summary>
    internal static IReadOnlyDictionary<string, SortedSet<string>> NamespacesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var references = new TypeReferences(file);
        foreach (TypeDefinitionHandle type in references.metadata.TypeDefinitions) references.ReadType(type);
        return references.uses;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        string? own = NamespaceOf(handle);
        if (own is null) return;
        if (!uses.TryGetValue(own, out SortedSet<string>? used)) uses[own] = used = new SortedSet<string>(StringComparer.Ordinal);
        current = used;
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        Read(type.BaseType);
        foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations()) Read(metadata.GetInterfaceImplementation(implemented).Interface);
        ReadConstraints(type.GetGenericParameters());
        ReadAttributes(type.GetCustomAttributes());
        foreach (FieldDefinitionHandle field in type.GetFields())
        {
            metadata.GetFieldDefinition(field).DecodeSignature(collector, null);
            ReadAttributes(metadata.GetFieldDefinition(field).GetCustomAttributes());
        }

        foreach (PropertyDefinitionHandle property in type.GetProperties()) ReadAttributes(metadata.GetPropertyDefinition(property).GetCustomAttributes());
        foreach (MethodDefinitionHandle method in type.GetMethods()) ReadMethod(metadata.GetMethodDefinition(method));
        used.Remove(own);
    }

    private void ReadMethod(MethodDefinition method)
    {
        method.DecodeSignature(collector, null);
        ReadConstraints(method.GetGenericParameters());
        ReadAttributes(method.GetCustomAttributes());
        foreach (ParameterHandle parameter in method.GetParameters()) ReadAttributes(metadata.GetParameter(parameter).GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0) return;
        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(collector, null);
        foreach (ExceptionRegion region in body.ExceptionRegions) Read(region.CatchType);
        ReadInstructions(body.GetILReader());
    }

    private void ReadInstructions(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xFE) value = 0xFE00 | code.ReadByte();
            switch (Operands[value])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig:
                    Read(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int cases = code.ReadInt32();
                    code.Offset += 4 * cases;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineBrTarget or OperandType.InlineI or OperandType.InlineString or OperandType.ShortInlineR:
                    code.Offset += 4;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
            }
        }
    }

    private void ReadConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameterHandle parameter in parameters)
        {
            foreach (GenericParameterConstraintHandle constraint in metadata.GetGenericParameter(parameter).GetConstraints())
            {
                Read(metadata.GetGenericParameterConstraint(constraint).Type);
            }
        }
    }

    private void ReadAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle attribute in attributes) Read(metadata.GetCustomAttribute(attribute).Constructor);
    }

    private void Read(EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                if (NamespaceOf((TypeDefinitionHandle)handle) is { } used) current.Add(used);
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(collector, null);
                break;
            case HandleKind.MethodDefinition:
                Read(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Read(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                Read(member.Parent);
                if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(collector, null);
                else member.DecodeFieldSignature(collector, null);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Read(generic.Method);
                generic.DecodeSignature(collector, null);
                break;
            case HandleKind.StandaloneSignature:
                metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(collector, null);
                break;
        }
    }

    // Of the type that holds it, where it is nested; null for what the compiler makes.
    private string? NamespaceOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        string name = metadata.GetString(type.Namespace);
        return name.Length == 0 && metadata.GetString(type.Name).StartsWith('<') ? null : name;
    }

    // Signatures have no result: what counts is which types are met.
    private sealed class Collector(TypeReferences references) : ISignatureTypeProvider<bool, object?>
    {
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            references.Read(handle);
            return true;
        }

        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            references.Read(handle);
            return true;
        }

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => true;

        public bool GetArrayType(bool elementType, ArrayShape shape) => true;

        public bool GetByReferenceType(bool elementType) => true;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => true;

        public bool GetGenericMethodParameter(object? genericContext, int index) => true;

        public bool GetGenericTypeParameter(object? genericContext, int index) => true;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

        public bool GetPinnedType(bool elementType) => true;

        public bool GetPointerType(bool elementType) => true;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

        public bool GetSZArrayType(bool elementType) => true;
    }
}
