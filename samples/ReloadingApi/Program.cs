using DigitML.Engine;
using DigitML.Model.Images;
using ReloadingApi;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string model = builder.Configuration["Model"] ?? throw new InvalidOperationException("Name a model file: --Model model.onnx");
builder.Services.AddSingleton(services => new CurrentClassifier(model, services.GetRequiredService<ILogger<CurrentClassifier>>()));

// A small file can declare a huge picture; the limit is checked before memory is allocated for it.
var limits = new DigitImageLimits { MaxPixels = 4_000_000 };

WebApplication app = builder.Build();
app.Services.GetRequiredService<CurrentClassifier>();
app.MapPost("/predict", async (HttpRequest request, CurrentClassifier classifier) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
    body.Position = 0;
    try
    {
        DigitImage picture = DigitImage.Load(body, limits, "the body", request.HttpContext.RequestAborted);
        return Results.Ok(classifier.Use(current => current.Predict(picture)));
    }
    catch (DigitMLException failure)
    {
        return Results.Problem(failure.Message, statusCode: StatusCodes.Status400BadRequest);
    }
});
app.Run();
