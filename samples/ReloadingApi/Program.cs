using DigitML.Engine;
using DigitML.Model.Images;
using ReloadingApi;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string model = builder.Configuration["Model"] ?? throw new InvalidOperationException("Name a model file: --Model model.onnx");
builder.Services.AddSingleton(services => new CurrentClassifier(model, services.GetRequiredService<ILogger<CurrentClassifier>>()));

WebApplication app = builder.Build();
app.Services.GetRequiredService<CurrentClassifier>();
app.MapPost("/predict", async (HttpRequest request, CurrentClassifier classifier) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body);
    body.Position = 0;
    try
    {
        DigitImage picture = DigitImage.Load(body, "the body");
        return Results.Ok(classifier.Use(current => current.Predict(picture)));
    }
    catch (DigitMLException failure)
    {
        return Results.Problem(failure.Message, statusCode: StatusCodes.Status400BadRequest);
    }
});
app.Run();
